import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { EngineMachine } from '../../../src/engine/system-api.ts';
import { lookForGpus } from '../../../src/inventory/look.ts';

const machine: EngineMachine = {
	name: 'far',
	operatingSystem: '',
	cgroupDriver: '',
	cgroupVersion: '',
	dataRoot: '',
	runtimes: ['runc'],
	defaultRuntime: 'runc',
	devices: [],
	cdiFolders: [],
	time: undefined,
};

const cases: readonly { readonly when: string; readonly given: Partial<EngineMachine>; readonly is: string }[] = [
	{ when: 'nothing', given: {}, is: 'none' },
	{ when: 'nvidia’s runtime alone', given: { runtimes: ['nvidia', 'runc'] }, is: 'unknown' },
	{ when: 'names', given: { devices: ['nvidia.com/gpu=0', 'nvidia.com/gpu=all'] }, is: '1 by engine' },
];

describe('the GPUs of an engine elsewhere', () => {
	for (const { when, given, is } of cases) {
		test(`are found where it tells ${when}`, async () => {
			const engine = { machine: async () => ({ ...machine, ...given }) };
			const found = await lookForGpus({ engine, isLocal: false, env: {}, signal: AbortSignal.abort() });
			assert.equal(typeof found === 'string' ? found : `${found.gpus.length} by ${found.source}`, is);
		});
	}
});

describe('the GPUs of an engine on this machine', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-look-'));
	after(() => rmSync(folder, { recursive: true, force: true }));
	const tool = path.join(folder, 'nvidia-smi');
	const row = '0, GPU-a, H100, 100, 0, 0, 30, Disabled, 570.1';
	writeFileSync(tool, `#!/bin/sh\ncase "$1" in --query-gpu*) echo "${row}";; esac\n`);
	chmodSync(tool, 0o755);

	test('are those that nvidia’s tool tells, those of another maker by their names, and the usual runtime', async () => {
		const devices = ['amd.com/gpu=0', 'nvidia.com/gpu=0', 'nvidia.com/gpu=GPU-a'];
		const told = { ...machine, devices, cdiFolders: [folder], defaultRuntime: 'nvidia' };
		const found = await lookForGpus({
			engine: { machine: async () => told },
			isLocal: true,
			env: { PATH: folder },
			signal: new AbortController().signal,
		});
		assert.ok(typeof found !== 'string');
		assert.deepEqual(
			found.gpus.map(({ vendor, id }) => `${vendor} ${id}`),
			['nvidia GPU-a', 'amd amd.com/gpu=0'],
		);
		assert.equal(found.defaultRuntime, 'nvidia');
	});

	const unnamed = async (script: string | undefined, devices: readonly string[] = []) => {
		const other = mkdtempSync(path.join(folder, 'tool-'));
		if (script !== undefined) {
			writeFileSync(path.join(other, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
			chmodSync(path.join(other, 'nvidia-smi'), 0o755);
		}
		return lookForGpus({
			engine: { machine: async () => ({ ...machine, runtimes: ['nvidia', 'runc'], devices, cdiFolders: [other] }) },
			isLocal: true,
			env: { PATH: other },
			signal: new AbortController().signal,
		});
	};

	test('are unknown where the engine knows nvidia’s runtime, and nvidia’s tool is not at hand', async () => {
		assert.equal(await unnamed(undefined), 'unknown');
	});

	test('are none where nvidia’s tool finds none, though names outlive them', async () => {
		const none = 'echo No devices were found; exit 6';
		assert.equal(await unnamed(none), 'none');
		assert.equal(await unnamed(none, ['nvidia.com/gpu=0']), 'none');
		const found = await unnamed(none, ['nvidia.com/gpu=0', 'amd.com/gpu=0']);
		assert.deepEqual(typeof found === 'string' ? found : found.gpus.map(({ id }) => id), ['amd.com/gpu=0']);
	});

	test('keep the order of their spec, which tells their UUIDs where nodes do not', async () => {
		const names = ['0', '1', 'GPU-b', 'GPU-a'];
		const containerEdits = { deviceNodes: [{ path: '/dev/dxg' }] };
		const spec = { kind: 'nvidia.com/gpu', devices: names.map((name) => ({ name, containerEdits })) };
		writeFileSync(path.join(folder, 'nvidia.json'), JSON.stringify(spec));
		const devices = names.map((name) => `nvidia.com/gpu=${name}`).sort();
		const found = await lookForGpus({
			engine: { machine: async () => ({ ...machine, devices, cdiFolders: [folder] }) },
			isLocal: true,
			env: { PATH: path.join(folder, 'none') },
			signal: new AbortController().signal,
		});
		assert.ok(typeof found !== 'string');
		assert.deepEqual(
			found.gpus.map(({ index, id }) => `${index} ${id}`),
			['0 GPU-b', '1 GPU-a'],
		);
	});
});
