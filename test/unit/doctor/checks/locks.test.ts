import { describe } from 'node:test';
import { checkLocks } from '../../../../src/doctor/checks/locks.ts';
import type { LockFact } from '../../../../src/doctor/facts.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { engine, silence } from '../../../support/doctor-facts.ts';

const held = (...liveness: readonly LockFact['liveness'][]) => ({
	engine: engine({
		locks: liveness.map((one, index) => ({
			name: `lab-${index}`,
			holder: `user ann (process ${index})`,
			liveness: one,
		})),
	}),
});

describe('locks', () => {
	checkFindings(checkLocks, [
		{ when: 'there is none', status: 'ok', summary: 'none' },
		{
			when: 'somebody is at work',
			given: held('alive'),
			status: 'ok',
			summary: '1 lock held right now: `lab-0` by user ann (process 0)',
		},
		{
			when: 'somebody was ended in the middle',
			given: held('alive', 'dead', 'unknown'),
			status: 'warn',
			summary: 'left behind: `lab-1` by user ann (process 1)',
			advice: /Run the command again/,
		},
		{
			when: 'nobody can tell',
			given: held('unknown'),
			status: 'warn',
			summary: /still lives: `lab-0`/,
			advice: /--break-lock/,
		},
		{ when: 'no engine answers', given: { engine: silence }, status: 'skip', summary: 'no engine answers' },
	]);
});
