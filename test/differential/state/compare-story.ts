import { randomBytes } from 'node:crypto';
import type { ToolPaths } from '../../scenario/scenario.ts';
import { differences } from './differences.ts';
import type { Story } from './story.ts';
import { tellStory } from './tell-story.ts';

/** Tells the story with docker compose, then with labc, under the same names; how they differ, a line each. */
export async function compareStory(story: Story, tools: ToolPaths = {}): Promise<readonly string[]> {
	const name = `labcs-${randomBytes(4).toString('hex')}`;
	const theirs = await tellStory(story, { tool: 'dockerCompose', name, tools });
	return differences(theirs, await tellStory(story, { tool: 'labc', name, tools }));
}
