import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { pauseServices } from '../../../src/use-cases/pause-services.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const stack = project({ services: { db: service(), web: service() } });
const target = { name: 'lab', project: stack };

async function upBench(options: { readonly dryRun?: boolean } = {}) {
	const tools = bench({ images: { app: {} } });
	await bringUp(stack, tools, {});
	tools.takeWrites();
	const shown: number[] = [];
	const show = options.dryRun
		? async (plan: { steps: readonly unknown[] }) => void shown.push(plan.steps.length)
		: undefined;
	return { tools: { ...tools, show }, shown };
}

describe('pauseServices', () => {
	test('freezes what runs and lets it go on', async () => {
		const { tools } = await upBench();
		await pauseServices(target, tools, { verb: 'pause' });
		assert.deepEqual(tools.states(), { 'lab-db-1': 'paused', 'lab-web-1': 'paused' });
		await pauseServices(target, tools, { verb: 'unpause' });
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', 'lab-web-1': 'running' });
	});

	test('what can be is done, and one error names all the rest', async () => {
		const { tools } = await upBench();
		await pauseServices(target, tools, { verb: 'pause', services: ['db'] });
		await assert.rejects(pauseServices(target, tools, { verb: 'pause' }), {
			code: 'ENGINE_CONFLICT',
			message: 'cannot pause what is already paused: lab-db-1',
		});
		assert.deepEqual(tools.states(), { 'lab-db-1': 'paused', 'lab-web-1': 'paused' });
	});

	test('where nothing can be, nothing is asked of the engine and no dry run promises anything', async () => {
		for (const dryRun of [false, true]) {
			const { tools, shown } = await upBench({ dryRun });
			await assert.rejects(pauseServices(target, tools, { verb: 'unpause' }), {
				message: 'cannot unpause what is not paused: lab-db-1, lab-web-1',
			});
			assert.deepEqual(tools.takeWrites(), []);
			assert.deepEqual(shown, []);
		}
	});

	test('without containers there is nothing to refuse', async () => {
		const tools = bench();
		await pauseServices(target, tools, { verb: 'unpause' });
		assert.deepEqual(tools.takeWrites(), []);
	});
});
