import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeOwner, type Liveness, type ProcessProbe } from '../../../src/lock/judge-owner.ts';
import type { Owner } from '../../../src/lock/owner.ts';

const owner: Owner = {
	host: 'lab-box',
	machine: 'a1b2',
	boot: 'b-1',
	namespace: 'pid:[1]',
	pid: 4711,
	started: '99',
	user: 'ann',
	token: 't-1',
};
const running: ProcessProbe = { exists: true, started: '99' };
const gone: ProcessProbe = { exists: false, started: undefined };

const cases: readonly {
	readonly when: string;
	readonly owner: Owner | undefined;
	readonly here?: Partial<Owner>;
	readonly probe?: ProcessProbe;
	readonly liveness: Liveness;
}[] = [
	{ when: 'its process runs here', owner, probe: running, liveness: 'alive' },
	{ when: 'its process has ended', owner, probe: gone, liveness: 'dead' },
	{ when: 'another process has its number now', owner, probe: { exists: true, started: '500' }, liveness: 'dead' },
	{
		when: 'its process may not be looked at',
		owner,
		probe: { exists: true, started: undefined },
		liveness: 'alive',
	},
	{
		when: 'its process has ended and waits for its parent',
		owner,
		probe: { ...running, exists: false },
		liveness: 'dead',
	},
	{ when: 'the labels tell nobody', owner: undefined, liveness: 'unknown' },
	{ when: 'it lives in another process namespace', owner, here: { namespace: 'pid:[2]' }, liveness: 'unknown' },
	{ when: 'it comes from another machine', owner, here: { boot: 'b-2', machine: 'ffff' }, liveness: 'unknown' },
	{
		when: 'it comes from another machine of the same name',
		owner: { ...owner, machine: '' },
		here: { boot: 'b-2', machine: '' },
		liveness: 'unknown',
	},
	{
		when: 'it comes from a copy of this machine under another name',
		owner,
		here: { boot: 'b-2', host: 'lab-copy' },
		liveness: 'unknown',
	},
	{ when: 'this machine has been booted since', owner, here: { boot: 'b-2' }, liveness: 'dead' },
	{
		when: 'this machine has been booted since and namespaces have other numbers',
		owner,
		here: { boot: 'b-2', namespace: 'pid:[7]' },
		liveness: 'dead',
	},
	{ when: 'it does not tell its boot', owner: { ...owner, boot: '' }, liveness: 'unknown' },
	{
		when: 'neither side tells its process namespace',
		owner: { ...owner, namespace: '' },
		here: { namespace: '' },
		liveness: 'unknown',
	},
	{
		when: 'only this side tells its process namespace',
		owner: { ...owner, namespace: '' },
		here: { namespace: 'pid:[1]' },
		liveness: 'unknown',
	},
	{ when: 'this machine does not tell its boot', owner, here: { boot: '' }, liveness: 'unknown' },
];

describe('judgeOwner', () => {
	for (const { when, owner: judged, here = {}, probe, liveness } of cases) {
		test(`when ${when}: ${liveness}`, () => {
			const look = (pid: number): ProcessProbe => {
				assert.equal(pid, 4711);
				if (probe === undefined) assert.fail('a process of elsewhere was looked up here');
				return probe;
			};
			assert.equal(judgeOwner(judged, { ...owner, ...here }, look), liveness);
		});
	}
});
