import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { removeServices } from '../../../src/use-cases/remove-services.ts';
import { project, service } from '../../support/plan-cases.ts';
import { type BenchOptions, bench } from '../../support/run-tools.ts';

const stack = project({ services: { db: service(), web: service() } });
const target = { name: 'lab', project: stack };

/** `db` runs, `web` was never started. */
async function halfBench(options: BenchOptions = {}) {
	const tools = bench({ images: { app: {} }, ...options });
	await bringUp(stack, { ...tools, show: undefined }, { start: false });
	await bringUp(stack, { ...tools, show: undefined }, { services: ['db'] });
	tools.takeWrites();
	return tools;
}

describe('removeServices', () => {
	test('asks before it removes what does not run', async () => {
		const tools = await halfBench({ answer: true });
		await removeServices(target, tools, {});
		assert.deepEqual(tools.questions, ['Going to remove lab-web-1. Are you sure?']);
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running' });
	});

	test('without a yes nothing goes, and that is no failure', async () => {
		const tools = await halfBench({ answer: false });
		await removeServices(target, tools, { stop: true });
		assert.deepEqual(tools.questions, ['Going to remove lab-db-1, lab-web-1. Are you sure?']);
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('what comes to an end while the question stands is not removed with the rest', async () => {
		const tools = await halfBench();
		await removeServices(
			target,
			{
				...tools,
				async confirm() {
					await tools.engine.stopContainer('lab-db-1');
					return true;
				},
			},
			{},
		);
		assert.deepEqual(tools.states(), { 'lab-db-1': 'exited' });
	});

	const silent = [
		{ when: 'with force', options: { force: true }, bench: {} },
		{ when: 'with --dry-run', options: {}, bench: { dryRun: true } },
	];
	for (const { when, options, bench: given } of silent) {
		test(`${when} nothing is asked`, async () => {
			const tools = await halfBench(given);
			await removeServices(target, tools, options);
			assert.deepEqual(tools.questions, []);
			assert.equal(tools.shown.length + tools.takeWrites().length, 1);
		});
	}

	test('says that nothing is there to remove, and how to stop what runs', async () => {
		const tools = await halfBench();
		await removeServices(target, tools, { services: ['db'] });
		const [warning] = tools.told.slice(-1);
		assert.deepEqual(warning, {
			type: 'warning',
			message: 'no stopped containers',
			hint: 'Add `--stop` to stop them first.',
		});
		const empty = bench();
		await removeServices(target, empty, { stop: true });
		assert.deepEqual(empty.told, [{ type: 'warning', message: 'no stopped containers' }]);
	});
});
