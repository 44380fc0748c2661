import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerDetails, ContainerSummary } from '../../../src/engine/container-api.ts';
import { readGpuContainer } from '../../../src/state/gpu-container.ts';
import { gib, wish } from '../../support/gpu-cases.ts';

const summary = (given: Partial<ContainerSummary> = {}): ContainerSummary => ({
	id: 'a1',
	name: 'x',
	image: '',
	imageId: '',
	command: '',
	created: 50,
	state: 'running',
	status: '',
	labels: {},
	ports: [],
	networks: new Map(),
	mounts: [],
	...given,
});

const details = (hostConfig: object, config: object = {}, startedAt?: string): ContainerDetails => ({
	id: 'a1',
	name: 'x',
	state: {
		status: 'running',
		running: true,
		exitCode: 0,
		oomKilled: false,
		error: '',
		...(startedAt !== undefined && { startedAt }),
	},
	config: { ...config },
	hostConfig: { ...hostConfig },
	endpoints: {},
	tty: false,
	mounts: [],
});

const counted = { DeviceRequests: [{ Driver: '', Count: 1, DeviceIDs: null, Capabilities: [['gpu']], Options: null }] };

const wishes: readonly { readonly when: string; readonly details: ContainerDetails; readonly is: unknown }[] = [
	{ when: 'a count', details: details(counted), is: wish({ count: 1 }) },
	{
		when: 'ids',
		details: details({ DeviceRequests: [{ Driver: 'nvidia', Count: 0, DeviceIDs: ['1'], Capabilities: [['gpu']] }] }),
		is: wish({ named: ['1'] }),
	},
	{
		when: 'CDI names',
		details: details({ DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['nvidia.com/gpu=all'], Capabilities: null }] }),
		is: wish({ all: true }),
	},
	{
		when: 'a node',
		details: details({ DeviceRequests: null, Devices: [{ PathOnHost: '/dev/nvidia2' }] }),
		is: wish({ named: ['/dev/nvidia2'] }),
	},
	{
		when: 'nvidia’s runtime',
		details: details({ Runtime: 'nvidia' }, { Env: ['NVIDIA_VISIBLE_DEVICES=0,1'] }),
		is: wish({ named: ['0', '1'] }),
	},
	{ when: 'nothing', details: details({ Runtime: 'runc' }, { Env: ['NVIDIA_VISIBLE_DEVICES=all'] }), is: undefined },
];

describe('readGpuContainer', () => {
	for (const { when, details: given, is } of wishes) {
		test(`reads ${when}`, () => assert.deepEqual(readGpuContainer(summary(), given)?.wish, is));
	}

	const always = { ...counted, RestartPolicy: { Name: 'always' } };
	const holds: readonly (readonly [ContainerSummary['state'], object, boolean])[] = [
		['running', counted, true],
		['paused', counted, true],
		['restarting', counted, true],
		['created', counted, false],
		['exited', counted, false],
		['exited', { ...counted, RestartPolicy: { Name: 'unless-stopped' } }, false],
		['exited', always, true],
		['dead', always, false],
	];
	for (const [state, hostConfig, is] of holds) {
		const policy = hostConfig === always ? ' that is always restarted' : '';
		test(`finds that one ${state}${policy} ${is ? 'holds' : 'holds nothing'}`, () => {
			assert.equal(readGpuContainer(summary({ state }), details(hostConfig))?.holds, is);
		});
	}

	const onFailure = (exitCode: number, tries: number, restarts: number): ContainerDetails => {
		const told = details({ ...counted, RestartPolicy: { Name: 'on-failure', MaximumRetryCount: tries } });
		return { ...told, state: { ...told.state, exitCode, restarts } };
	};
	const failed: readonly (readonly [string, ContainerDetails, boolean])[] = [
		['failed, or was stopped', onFailure(137, 0, 0), true],
		['failed and has a try left', onFailure(1, 3, 2), true],
		['failed as often as it may', onFailure(1, 3, 3), false],
		['did what it should', onFailure(0, 0, 0), false],
	];
	for (const [what, given, is] of failed) {
		test(`finds that one that is restarted on failure and ${what} ${is ? 'holds' : 'holds nothing'}`, () => {
			assert.equal(readGpuContainer(summary({ state: 'exited' }), given)?.holds, is);
			assert.equal(readGpuContainer(summary({ state: 'created' }), given)?.holds, false);
		});
	}

	test('reads whose it is and since when', () => {
		const labels = {
			'com.docker.compose.project': 'lab',
			'labc.gpu.user': 'ann',
			'labc.gpu.share': 'true',
			'labc.gpu.memory': String(2 * gib),
		};
		const found = readGpuContainer(summary({ labels }), details(counted, {}, '1970-01-01T00:01:40.5Z'));
		assert.deepEqual(
			[found?.project, found?.user, found?.since, found?.terms],
			['lab', 'ann', 100, { share: true, memory: 2 * gib }],
		);
		assert.equal(readGpuContainer(summary(), details(counted))?.since, 50);
	});

	const nvidia = { Runtime: 'nvidia' };
	const image = { Env: ['NVIDIA_VISIBLE_DEVICES=all'] };
	const ambiguous: readonly {
		readonly when: string;
		readonly details: ContainerDetails;
		readonly usual: string;
		readonly labels?: ContainerSummary['labels'];
		readonly is: unknown;
	}[] = [
		{ when: 'the runtime was asked for', details: details(nvidia, image), usual: 'runc', is: wish({ all: true }) },
		{
			when: 'nobody asked for them',
			details: details(nvidia, image),
			usual: 'nvidia',
			is: wish({ all: true, isUnasked: true }),
		},
		{
			when: 'labc was asked for them',
			details: details(nvidia, image),
			usual: 'nvidia',
			labels: { 'labc.gpu.ids': 'GPU-1' },
			is: wish({ all: true }),
		},
		{
			when: 'one was asked for by the variable',
			details: details(nvidia, { Env: ['NVIDIA_VISIBLE_DEVICES=2'] }),
			usual: 'nvidia',
			is: wish({ named: ['2'] }),
		},
		{
			when: 'a request comes before the image',
			details: details({ ...nvidia, ...counted }, image),
			usual: 'nvidia',
			is: wish({ count: 1 }),
		},
		{
			when: 'an exporter only looks',
			details: details(nvidia, { Env: [...image.Env, 'NVIDIA_DRIVER_CAPABILITIES=utility'] }),
			usual: 'runc',
			is: wish({ all: true, observes: true }),
		},
	];
	for (const { when, details: given, usual, labels = {}, is } of ambiguous) {
		test(`reads what nvidia’s runtime gives where ${when}`, () => {
			assert.deepEqual(readGpuContainer(summary({ labels }), given, usual)?.wish, is);
		});
	}

	test('takes the word of a container that it only looks', () => {
		const found = readGpuContainer(summary({ labels: { 'labc.gpu': 'observer' } }), details(counted));
		assert.equal(found?.wish.observes, true);
	});
});
