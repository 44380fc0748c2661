import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containerIn, startIn, startOf } from '../../../src/inventory/processes.ts';

const id = 'ab'.repeat(32);

const cases: readonly { readonly when: string; readonly cgroup: string; readonly is: string | undefined }[] = [
	{ when: 'cgroup 2 under systemd', cgroup: `0::/system.slice/docker-${id}.scope\n`, is: id },
	{ when: 'cgroup 2 under cgroupfs', cgroup: `0::/docker/${id}\n`, is: id },
	{ when: 'cgroup 1', cgroup: `12:pids:/user\n11:devices:/docker/${id}\n1:name=systemd:/docker/${id}\n`, is: id },
	{ when: 'a group inside the container', cgroup: `0::/docker/${id}/init.scope\n`, is: id },
	{ when: 'a process of the host', cgroup: '0::/user.slice/user-1000.slice/session-3.scope\n', is: undefined },
	{ when: 'a shorter number', cgroup: '0::/docker/abcdef\n', is: undefined },
	{ when: 'nothing', cgroup: '', is: undefined },
];

describe('containerIn', () => {
	for (const { when, cgroup, is } of cases) test(`reads ${when}`, () => assert.equal(containerIn(cgroup), is));
});

describe('startIn', () => {
	const stat = '42 (a (b) c) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 12345 0 0 18446744073709551615';
	const machine = 'cpu 1 2 3\nbtime 1700000000\nprocesses 7\n';

	test('counts from the boot of the machine, whatever the program is called', () => {
		assert.equal(startIn(stat, machine), 1_700_000_123);
	});

	test('is unknown where the process has ended or nothing tells of the boot', () => {
		assert.equal(startIn('', machine), undefined);
		assert.equal(startIn(stat, ''), undefined);
	});

	test('agrees with what this process knows of itself', () => {
		const began = Date.now() / 1000 - process.uptime();
		assert.ok(Math.abs((startOf(process.pid) ?? 0) - began) < 60);
	});
});
