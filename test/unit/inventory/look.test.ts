import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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
