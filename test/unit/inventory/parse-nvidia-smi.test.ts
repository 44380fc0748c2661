import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseSmi } from '../../../src/inventory/parse-nvidia-smi.ts';

const gib = 1024 ** 3;
const mib = 1024 ** 2;

describe('parseSmi', () => {
	const answers = {
		gpus: [
			'0, GPU-aaaa, NVIDIA H100 80GB HBM3, 81559, 1024, 37, 41, Disabled, 550.54.15',
			'1, GPU-bbbb, Odd, name, 40960, 0, [N/A], 35, Enabled, 550.54.15',
			'',
		],
		processes: ['GPU-aaaa, 4711, /usr/bin/python3 -m a,b, 900', 'GPU-aaaa, 12, x, [N/A]', 'No running processes found'],
		list: [
			'GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-aaaa)',
			'GPU 1: Odd (UUID: GPU-bbbb)',
			'  MIG 3g.20gb     Device  0: (UUID: MIG-1111)',
			'  MIG 1g.5gb+me   Device  1: (UUID: MIG-2222)',
		],
	};
	const { driver, gpus } = parseSmi(answers);
	const [first, second] = gpus;

	test('reads the driver and every GPU', () => {
		assert.equal(driver, '550.54.15');
		assert.deepEqual(
			gpus.map(({ index, id, model }) => `${index} ${id} ${model}`),
			['0 GPU-aaaa NVIDIA H100 80GB HBM3', '1 GPU-bbbb Odd, name'],
		);
	});

	test('reads sizes as bytes, and what is not told as unknown', () => {
		assert.equal(first?.memory, 81559 * mib);
		assert.equal(first?.memoryUsed, 1024 * mib);
		assert.equal(first?.utilisation, 37);
		assert.equal(first?.temperature, 41);
		assert.equal(second?.utilisation, undefined);
	});

	test('puts processes to their GPU', () => {
		assert.deepEqual(first?.processes, [
			{ pid: 4711, program: '/usr/bin/python3 -m a,b', memory: 900 * mib },
			{ pid: 12, program: 'x', memory: undefined },
		]);
		assert.deepEqual(second?.processes, []);
	});

	test('takes one of which nothing is told for somebody', () => {
		const [untold] = parseSmi({ ...answers, processes: ['GPU-aaaa, [Not Supported], [Not Supported], [N/A]'] }).gpus;
		assert.deepEqual(untold?.processes, [
			{ pid: undefined, program: 'a program that nvidia-smi does not name', memory: undefined },
		]);
	});

	test('puts what runs on a slice to its GPU, with the slice', () => {
		const [, cutOne] = parseSmi({ ...answers, processes: ['MIG-2222, 7, python, 900'] }).gpus;
		assert.deepEqual(cutOne?.processes, [{ pid: 7, program: 'python', memory: 900 * mib, slice: 'MIG-2222' }]);
	});

	test('finds the slices of a GPU that is cut, with their memory', () => {
		assert.equal(first?.slices, undefined);
		assert.deepEqual(second?.slices, [
			{ id: 'MIG-1111', index: 0, profile: '3g.20gb', memory: 20 * gib },
			{ id: 'MIG-2222', index: 1, profile: '1g.5gb+me', memory: 5 * gib },
		]);
	});

	test('finds nothing in nothing', () => {
		assert.deepEqual(parseSmi({ gpus: [], processes: [], list: [] }), { driver: undefined, gpus: [] });
	});
});
