import { cornerStories } from './stories/corners.ts';
import { dependencyStories } from './stories/dependencies.ts';
import { environmentStories } from './stories/environment.ts';
import { fileStories } from './stories/files.ts';
import { hookStories } from './stories/hooks.ts';
import { imageStories } from './stories/images.ts';
import { lifecycleStories } from './stories/lifecycle.ts';
import { placeStories } from './stories/places.ts';
import { providerStories } from './stories/providers.ts';
import { resourceStories } from './stories/resources.ts';
import { sharingStories } from './stories/sharing.ts';
import type { Story } from './story.ts';

export const allStories: readonly Story[] = [
	...lifecycleStories,
	...dependencyStories,
	...resourceStories,
	...fileStories,
	...sharingStories,
	...environmentStories,
	...placeStories,
	...hookStories,
	...providerStories,
	...imageStories,
	...cornerStories,
];
