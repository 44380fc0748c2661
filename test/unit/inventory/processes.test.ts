import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containerIn } from '../../../src/inventory/processes.ts';

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
