import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planKill } from '../../../src/plan/plan-kill.ts';
import { planStop } from '../../../src/plan/plan-stop.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { changeContainers, type KnownContainers } from '../../../src/use-cases/change-containers.ts';
import { restartServices } from '../../../src/use-cases/restart-services.ts';
import { startServices } from '../../../src/use-cases/start-services.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { type BenchOptions, bench } from '../../support/run-tools.ts';

const stack = project({
	services: { db: service(), web: service({ depends_on: { db: needs('service_started') } }) },
});
const byFile = { name: 'lab', project: stack };
const byName = { name: 'lab', project: undefined };
const stop = (known: KnownContainers) => planStop(known.services, known.containers, {});

async function upBench(options: BenchOptions = {}) {
	const tools = bench({ images: { app: {} }, ...options });
	await bringUp(stack, { ...tools, show: undefined }, {});
	tools.takeWrites();
	return tools;
}

describe('changeContainers', () => {
	for (const [how, target] of Object.entries({ 'by its file': byFile, 'by its labels': byName })) {
		test(`a project known ${how} is stopped in order`, async () => {
			const tools = await upBench();
			await changeContainers(target, tools, { plan: stop });
			const said = tools.lines();
			assert.ok(said.indexOf('Container lab-web-1 Stopped') < said.indexOf('Container lab-db-1 Stopping'));
			assert.deepEqual(tools.states(), { 'lab-db-1': 'exited', 'lab-web-1': 'exited' });
		});
	}

	describe('a service that the labels do not name', () => {
		for (const act of [startServices, restartServices]) {
			test(`is not said to be missing from the file when ${act.name} looks for it`, async () => {
				await assert.rejects(act(byName, await upBench(), { services: ['wib'] }), {
					code: 'SERVICE_UNKNOWN',
					message: 'project `lab` has no container of a service `wib`',
					hint: /labc compose ps -a.*labc compose up -d wib/,
				});
			});
		}

		test('may be one of a file', async () => {
			await assert.rejects(restartServices(byFile, await upBench(), { services: ['wib'] }), {
				message: 'there is no service `wib` in this project',
			});
		});
	});

	test('where nothing is to be done, that may be said, and nothing is written', async () => {
		const tools = bench();
		const nothingToDo = { message: 'no container to kill' };
		await changeContainers(byFile, tools, {
			nothingToDo,
			plan: ({ services, containers }) => planKill(services, containers, {}),
		});
		assert.deepEqual(tools.lines(), ['warning no container to kill']);
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('with --dry-run the plan is shown and nothing is written', async () => {
		const tools = await upBench({ dryRun: true });
		await changeContainers(byName, tools, { plan: stop });
		assert.deepEqual(
			tools.shown.map(({ steps }) => steps.length),
			[2],
		);
		assert.deepEqual(tools.takeWrites(), []);
	});
});
