import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseExitCode, parseHealth } from '../../../src/state/status-text.ts';

describe('the words of the container list', () => {
	const cases = [
		{ state: 'running', status: 'Up 3 minutes', health: undefined, exitCode: undefined },
		{ state: 'running', status: 'Up Less than a second (healthy)', health: 'healthy', exitCode: undefined },
		{ state: 'running', status: 'Up 2 seconds (health: starting)', health: 'starting', exitCode: undefined },
		{ state: 'running', status: 'Up 2 hours (unhealthy)', health: 'unhealthy', exitCode: undefined },
		{ state: 'paused', status: 'Up 2 hours (Paused)', health: undefined, exitCode: undefined },
		{ state: 'exited', status: 'Exited (0) 5 seconds ago', health: undefined, exitCode: 0 },
		{ state: 'exited', status: 'Exited (137) About a minute ago', health: undefined, exitCode: 137 },
		{ state: 'exited', status: 'Exited (-1) 1 second ago', health: undefined, exitCode: -1 },
		{ state: 'restarting', status: 'Restarting (1) 3 seconds ago', health: undefined, exitCode: 1 },
		{ state: 'created', status: 'Created', health: undefined, exitCode: undefined },
		{ state: 'dead', status: 'Dead', health: undefined, exitCode: undefined },
	] as const;
	for (const { state, status, health, exitCode } of cases) {
		test(`${state}: ${status}`, () => {
			assert.equal(parseHealth(status), health);
			assert.equal(parseExitCode(state, status), exitCode);
		});
	}
});
