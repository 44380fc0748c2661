import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath, whyNoEngine } from '../../scenario/scenario.ts';
import { allStories } from './all-stories.ts';
import { compareStory } from './compare-story.ts';

const skip = whyNoEngine() ?? (dockerComposePath() === undefined ? 'docker compose is not installed' : false);

/** Every tenth, some of each kind; `compare-state.ts` tells all of them. */
const some = allStories.filter((_, index) => index % 10 === 4);

describe('the engine holds the same after each step', { skip, concurrency: 2 }, () => {
	for (const story of some) {
		test(story.name, async () => {
			const found = await compareStory(story);
			if (story.kept === undefined) assert.deepEqual(found, []);
			else assert.notDeepEqual(found, [], `no difference any more: ${story.kept}`);
		});
	}
});

test('every story has a name of its own', () => {
	assert.equal(new Set(allStories.map(({ name }) => name)).size, allStories.length);
});
