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

	const cuda = image({ config: { Env: ['NVIDIA_VISIBLE_DEVICES=all'] } });
	const byEngine: readonly {
		readonly when: string;
		readonly environment: Readonly<Record<string, string>>;
		readonly runtime: string;
		readonly locks: readonly string[];
		readonly ids: string | undefined;
	}[] = [
		{ when: 'an image sees GPUs unasked', environment: {}, runtime: 'nvidia', locks: ['lab'], ids: undefined },
		{
			when: 'a variable asks for one',
			environment: { NVIDIA_VISIBLE_DEVICES: '0' },
			runtime: 'nvidia',
			locks: ['lab', 'engine.gpus'],
			ids: gpu(0).id,
		},
		{
			when: 'no runtime reads the variable',
			environment: { NVIDIA_VISIBLE_DEVICES: '0' },
			runtime: 'runc',
			locks: ['lab'],
			ids: undefined,
		},
	];
	for (const { when, environment, runtime, locks, ids } of byEngine) {
		test(`has ${locks.join(' and ')} where ${when} and the engine’s runtime is ${runtime}`, async () => {
			const used = bench({ images: { app: cuda } });
			const engine = {
				...used.engine,
				machine: async () => ({ ...(await used.engine.machine()), defaultRuntime: runtime }),
			};
			const gpus = gpuToolsOver(engine, () => ({ ...box(1), defaultRuntime: runtime }));
			const asked = service({ networks: {}, network_mode: 'none', environment });
			await bringUp(project({ services: { t: asked } }), { ...used, engine, gpus }, {});
			assert.deepEqual(used.locks, locks);
			const [made] = [...used.engine.world.containers.values()];
			assert.equal(made?.spec.labels['labc.gpu.ids'], ids);
		});
	}

	test('looks twice: before anything is done, and for the choice', async () => {
		const { tools } = toolsFor();
		let looks = 0;
		const look = () => {
			looks += 1;
			return tools.gpus.look();
		};
		const gpus = { ...tools.gpus, look };
		await bringUp(trainer, { ...tools, gpus }, {});
		assert.equal(looks, 2);
	});

	test('takes no lock for what has no GPU', async () => {
		const { tools } = toolsFor();
		await bringUp(project({ services: { t: service({ networks: {}, network_mode: 'none' }) } }), tools, {});
		assert.deepEqual(tools.locks, ['lab']);
	});
});
