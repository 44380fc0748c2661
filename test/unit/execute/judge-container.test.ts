import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerDetails } from '../../../src/engine/container-api.ts';
import { judgeContainer } from '../../../src/execute/judge-container.ts';
import type { AwaitCondition } from '../../../src/plan/plan.ts';
import { exited, running } from './scripted-containers.ts';

const conditions: readonly AwaitCondition[] = [
	'service_started',
	'service_healthy',
	'service_completed_successfully',
	'running_or_healthy',
];

/** What each state means for the four conditions, in their order. */
const cases: readonly { when: string; state: ContainerDetails['state']; verdicts: readonly string[] }[] = [
	{
		when: 'was made and not started',
		state: running({ status: 'created', running: false }),
		verdicts: ['waiting', 'waiting', 'waiting', 'waiting'],
	},
	{
		when: 'runs without a health check',
		state: running(),
		verdicts: ['met', 'no health check', 'waiting', 'settling'],
	},
	{
		when: 'runs and is checked',
		state: running({ health: 'starting' }),
		verdicts: ['met', 'waiting', 'waiting', 'waiting'],
	},
	{ when: 'is healthy', state: running({ health: 'healthy' }), verdicts: ['met', 'met', 'waiting', 'met'] },
	{
		when: 'is unhealthy',
		state: running({ health: 'unhealthy' }),
		verdicts: ['met', 'unhealthy', 'waiting', 'unhealthy'],
	},
	{ when: 'ended with 0', state: exited(0), verdicts: ['met', 'exited', 'met', 'met'] },
	{ when: 'ended with 3', state: exited(3), verdicts: ['met', 'exited', 'incomplete', 'exited'] },
	{
		when: 'ended while its last health was good',
		state: exited(0, { health: 'healthy' }),
		verdicts: ['met', 'exited', 'met', 'met'],
	},
	{
		when: 'is dead',
		state: exited(1, { status: 'dead' }),
		verdicts: ['met', 'exited', 'incomplete', 'exited'],
	},
	{
		when: 'is started again by the engine',
		state: running({ status: 'restarting', exitCode: 1 }),
		verdicts: ['met', 'waiting', 'waiting', 'waiting'],
	},
];

describe('judgeContainer', () => {
	for (const { when, state, verdicts } of cases) {
		for (const [index, condition] of conditions.entries()) {
			test(`a container that ${when} is \`${verdicts[index]}\` for ${condition}`, () => {
				const verdict = judgeContainer(state, condition);
				assert.equal(typeof verdict === 'string' ? verdict : verdict.problem, verdicts[index]);
			});
		}
	}
});
