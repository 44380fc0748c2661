import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath, whyNoEngine } from '../../scenario/scenario.ts';
import { differences } from './differences.ts';
import { dependencyStories } from './stories/dependencies.ts';
import { fileStories } from './stories/files.ts';
import { lifecycleStories } from './stories/lifecycle.ts';
import { resourceStories } from './stories/resources.ts';
import { sharingStories } from './stories/sharing.ts';
import { tellStory } from './tell-story.ts';

const skip = whyNoEngine() ?? (dockerComposePath() === undefined ? 'docker compose is not installed' : false);
const stories = [...lifecycleStories, ...dependencyStories, ...resourceStories, ...fileStories, ...sharingStories];

describe('the engine holds the same after each step', { skip, concurrency: 2 }, () => {
	for (const [index, story] of stories.entries()) {
		test(story.name, async () => {
			const name = `labcs${index}`;
			const theirs = await tellStory(story, 'dockerCompose', name);
			const found = differences(theirs, await tellStory(story, 'labc', name));
			if (story.kept === undefined) assert.deepEqual(found, []);
			else assert.notDeepEqual(found, [], `no difference any more: ${story.kept}`);
		});
	}

	test('every story has a name of its own', () => {
		assert.equal(new Set(stories.map(({ name }) => name)).size, stories.length);
	});
});
