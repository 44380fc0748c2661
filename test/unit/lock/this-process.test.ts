import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { describe, test } from 'node:test';
import { judgeOwner } from '../../../src/lock/judge-owner.ts';
import { probeProcess, thisProcess } from '../../../src/lock/this-process.ts';

describe('this process', () => {
	test('is alive to itself, and every owner it makes is another', () => {
		const [one, other] = [thisProcess(), thisProcess()];
		assert.equal(judgeOwner(one, other, probeProcess), 'alive');
		assert.equal(one.pid, process.pid);
		assert.notEqual(one.token, other.token);
	});

	test('names its user as the system does', () => assert.equal(thisProcess().user, userInfo().username));

	test('is dead with another start', () => {
		const own = thisProcess();
		assert.equal(judgeOwner({ ...own, started: `${own.started}0` }, own, probeProcess), 'dead');
	});

	test('keeps the id of its machine to itself', () => assert.match(thisProcess().machine, /^([0-9a-f]{16})?$/));
});

describe('a process of this machine', () => {
	test('exists with a start while it runs, and not when it has ended', async () => {
		const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' });
		const { pid = 0 } = child;
		assert.equal(probeProcess(pid).exists, true);
		assert.match(probeProcess(pid).started ?? '', /^\d+$/);
		child.kill('SIGKILL');
		await once(child, 'close');
		assert.equal(probeProcess(pid).exists, false);
	});

	test('of somebody else exists as well', () => assert.equal(probeProcess(1).exists, true));
});
