import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Inventory } from '../../../src/gpu/inventory.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { box, gpu, mib } from '../../support/gpu-cases.ts';
import { gpuToolsOver } from '../../support/gpu-tools.ts';
import { image, project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const trainer = project({ services: { t: service({ gpus: [{ count: 1 }], networks: {}, network_mode: 'none' }) } });

/** Where a process of the host has the GPU while `isBusy`. */
function toolsFor() {
	let isBusy = false;
	const found = (): Inventory =>
		box([gpu(0, { processes: isBusy ? [{ pid: 7, program: 'x', memory: 600 * mib }] : [] })]);
	const used = bench({ images: { app: image() } });
	const tools = { ...used, gpus: gpuToolsOver(used.engine, found) };
	return {
		tools,
		takeAway() {
			isBusy = true;
		},
	};
}

describe('who gives out GPUs', () => {
	test('has the project’s lock, then the one on GPUs', async () => {
		const { tools } = toolsFor();
		await bringUp(trainer, tools, {});
		assert.deepEqual(tools.locks, ['lab', 'engine.gpus']);
		assert.deepEqual(tools.states(), { 'lab-t-1': 'running' });
	});

	test('refuses before anything is made', async () => {
		const { tools, takeAway } = toolsFor();
		takeAway();
		await assert.rejects(bringUp(trainer, tools, {}), { code: 'GPU_UNAVAILABLE', message: /x \(process 7\)/ });
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('takes no lock for what has no GPU', async () => {
		const { tools } = toolsFor();
		await bringUp(project({ services: { t: service({ networks: {}, network_mode: 'none' }) } }), tools, {});
		assert.deepEqual(tools.locks, ['lab']);
	});
});
