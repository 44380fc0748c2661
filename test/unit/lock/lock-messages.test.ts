import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Emit } from '../../../src/events/event.ts';
import { lockHeld, lockLost, tellWaiting } from '../../../src/lock/lock-messages.ts';
import { gpuLock, watchLock } from '../../../src/lock/lock-volume.ts';
import type { Owner } from '../../../src/lock/owner.ts';

const owner: Owner = {
	...{ host: 'lab-box', machine: 'a1b2', boot: 'b-1', namespace: 'pid:[1]' },
	...{ pid: 4711, started: '99', user: 'ann', token: 't-1' },
};
const breaks = /give `--break-lock`\.$/;

const cases = [
	{
		when: 'the owner lives',
		blocker: { owner, isProven: true, isSpared: false },
		who: 'user ann (process 4711 on lab-box)',
		refusalHint: /^Leave out `--no-wait`/,
		waitHint: /^Press Ctrl-C to leave/,
	},
	{
		when: 'nobody can tell whether the owner lives',
		blocker: { owner, isProven: false, isSpared: false },
		who: 'user ann (process 4711 on lab-box)',
		refusalHint: breaks,
		waitHint: breaks,
	},
	{
		when: 'nobody can tell, and it came too late for the `--break-lock` that was given',
		blocker: { owner, isProven: false, isSpared: true },
		who: 'user ann (process 4711 on lab-box)',
		refusalHint: /^Run the command again if you know that this process has ended/,
		waitHint: /^Run the command again if you know that this process has ended/,
	},
	{
		when: 'the lock does not tell its owner',
		blocker: { owner: undefined, isProven: false, isSpared: false },
		who: 'a process that can’t be named yet',
		refusalHint: breaks,
		waitHint: breaks,
	},
] as const;

describe('what is said of a lock that is held', () => {
	for (const { when, blocker, who, refusalHint, waitHint } of cases) {
		test(`to who does not wait, when ${when}`, () => {
			const { code, message, hint } = lockHeld('lab', blocker);
			assert.equal(code, 'LOCK_HELD');
			assert.equal(message, `${who} is changing project \`lab\``);
			assert.match(hint ?? '', refusalHint);
		});

		test(`to who waits, when ${when}`, () => {
			const told: Parameters<Emit>[0][] = [];
			tellWaiting('lab', blocker, (event) => told.push(event));
			const [event] = told;
			assert.ok(told.length === 1 && event?.type === 'warning');
			assert.equal(event.message, `${who} is changing project \`lab\`: waiting for its end`);
			assert.match(event.hint ?? '', waitHint);
		});
	}

	test('a lock with a dot is not called a project', () => {
		assert.match(
			lockHeld('lab.images', { owner, isProven: true, isSpared: false }).message,
			/ is changing `lab\.images`$/,
		);
		assert.match(lockLost('lab.images').message, /^the lock on `lab\.images` was removed/);
	});

	test('the lock on GPUs is called what it is', () => {
		const { message } = lockHeld(gpuLock, { owner, isProven: true, isSpared: false });
		assert.match(message, / is giving out the GPUs of this engine$/);
		assert.match(lockLost(gpuLock).message, /^the lock on the GPUs of this engine was removed/);
	});

	test('the lock on watching says who watches, since when, and how to end it', () => {
		const blocker = { owner, since: 1_763_820_120, isProven: true, isSpared: false };
		const { code, message, hint } = lockHeld(watchLock('lab'), blocker);
		const words = 'user ann (process 4711 on lab-box) is watching project `lab` since 2025-11-22 14:02 UTC';
		assert.deepEqual([code, message], ['LOCK_HELD', words]);
		assert.equal(
			hint,
			'End that watch first, with Ctrl-C where it runs or `kill 4711`: two would undo each other’s work.',
		);
		const unproven = lockHeld(watchLock('lab'), { owner, isProven: false, isSpared: false });
		assert.match(unproven.message, / is watching project `lab`$/);
		assert.match(unproven.hint ?? '', breaks);
	});

	test('a lock that was removed asks for the command again', () => {
		const { code, message, hint } = lockLost('lab');
		assert.deepEqual([code, message], ['LOCK_LOST', 'the lock on project `lab` was removed while labc was at work']);
		assert.match(hint ?? '', /^Run the command again/);
	});
});
