import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mountConfig } from '../../../../../src/engine/docker/convert/mounts.ts';
import type { Mount } from '../../../../../src/model/mount.ts';
import { containerSpec } from '../../../../support/container-spec.ts';

interface Case {
	readonly when: string;
	readonly mounts: readonly Mount[];
	readonly inherited?: readonly (readonly [string, string])[];
	readonly gives: object;
}

const cases: readonly Case[] = [
	{ when: 'there is nothing', mounts: [], gives: {} },
	{
		when: 'a host folder is bound, and made when it is missing',
		mounts: [
			{ type: 'bind', source: '/data', target: '/d', read_only: true, bind: { create_host_path: true, selinux: 'z' } },
		],
		gives: { Binds: ['/data:/d:ro,z'] },
	},
	{
		when: 'a host folder must exist',
		mounts: [{ type: 'bind', source: '/data', target: '/d', bind: {} }],
		gives: { Mounts: [{ Type: 'bind', Source: '/data', Target: '/d', BindOptions: {} }] },
	},
	{
		when: "a project's volume is named",
		mounts: [{ type: 'volume', source: 'logs', target: '/logs' }],
		gives: { Binds: ['lab_logs:/logs:rw'] },
	},
	{
		when: 'a volume has options of its own',
		mounts: [{ type: 'volume', source: 'logs', target: '/logs', volume: { subpath: 'a', nocopy: true } }],
		gives: {
			Mounts: [{ Type: 'volume', Source: 'lab_logs', Target: '/logs', VolumeOptions: { NoCopy: true, Subpath: 'a' } }],
		},
	},
	{
		when: 'a one-off names a volume that the project does not declare',
		mounts: [{ type: 'volume', source: 'extra', target: '/w', volume: {} }],
		gives: { Mounts: [{ Type: 'volume', Source: 'extra', Target: '/w', VolumeOptions: {} }] },
	},
	{
		when: 'an anonymous volume is new',
		mounts: [{ type: 'volume', target: '/cache' }],
		gives: { Mounts: [{ Type: 'volume', Target: '/cache' }] },
	},
	{
		when: 'an anonymous volume is kept over a recreation',
		mounts: [{ type: 'volume', target: '/cache', volume: {} }],
		inherited: [['/cache', '0f0f']],
		gives: { Mounts: [{ Type: 'volume', Source: '0f0f', Target: '/cache' }] },
	},
	{
		when: "a volume of the image's is kept over a recreation",
		mounts: [],
		inherited: [['/var/lib/db', '0f0f']],
		gives: { Mounts: [{ Type: 'volume', Source: '0f0f', Target: '/var/lib/db' }] },
	},
	{
		when: 'what was anonymous is now declared',
		mounts: [{ type: 'bind', source: '/data', target: '/cache' }],
		inherited: [['/cache', '0f0f']],
		gives: { Binds: ['/data:/cache:rw'] },
	},
	{
		when: 'memory is mounted',
		mounts: [{ type: 'tmpfs', target: '/t', tmpfs: { size: '1048576', mode: 0o700 } }],
		gives: { Mounts: [{ Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1048576, Mode: 448 } }] },
	},
];

describe('mountConfig', () => {
	for (const { when, mounts, inherited = [], gives } of cases) {
		test(`when ${when}`, () => {
			const spec = containerSpec('web', {
				service: { volumes: mounts },
				volumeNames: new Map([['logs', 'lab_logs']]),
				inheritedVolumes: new Map(inherited),
			});
			assert.deepEqual({ ...mountConfig(spec) }, gives);
		});
	}
});
