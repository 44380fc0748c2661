import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isStarved } from '../../../src/doctor/starved-containers.ts';
import type { ObservedMount } from '../../../src/engine/container-api.ts';
import { gib, mib } from '../../support/gpu-cases.ts';

const cases: readonly {
	readonly when: string;
	readonly hostConfig: Readonly<Record<string, unknown>>;
	readonly mounts?: readonly ObservedMount[];
	readonly is: boolean;
}[] = [
	{ when: 'it has the usual 64 MB', hostConfig: { ShmSize: 64 * mib, IpcMode: 'private' }, is: true },
	{ when: 'it has less', hostConfig: { ShmSize: mib }, is: true },
	{ when: 'it has more', hostConfig: { ShmSize: gib, IpcMode: 'private' }, is: false },
	{ when: 'it has the machine’s', hostConfig: { ShmSize: 64 * mib, IpcMode: 'host' }, is: false },
	{ when: 'it has another container’s', hostConfig: { ShmSize: 64 * mib, IpcMode: 'container:abc' }, is: false },
	{ when: 'it has a tmpfs there', hostConfig: { ShmSize: 64 * mib, Tmpfs: { '/dev/shm': 'size=8g' } }, is: false },
	{
		when: 'something is mounted there',
		hostConfig: { ShmSize: 64 * mib },
		mounts: [{ type: 'bind', source: '/dev/shm', destination: '/dev/shm' }],
		is: false,
	},
	{ when: 'the engine does not tell', hostConfig: {}, is: false },
];

describe('a container’s shared memory', () => {
	for (const { when, hostConfig, mounts = [], is } of cases) {
		test(`is ${is ? 'too small' : 'no problem'} when ${when}`, () => {
			assert.equal(isStarved({ hostConfig, mounts }), is);
		});
	}
});
