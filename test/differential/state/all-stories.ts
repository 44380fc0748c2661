import { dependencyStories } from './stories/dependencies.ts';
import { fileStories } from './stories/files.ts';
import { lifecycleStories } from './stories/lifecycle.ts';
import { resourceStories } from './stories/resources.ts';
import { sharingStories } from './stories/sharing.ts';
import type { Story } from './story.ts';

export const allStories: readonly Story[] = [
	...lifecycleStories,
	...dependencyStories,
	...resourceStories,
	...fileStories,
	...sharingStories,
];
