import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { takeDown } from '../../../src/use-cases/take-down.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const images = { app: {} };
const stack = project({
	services: {
		db: service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] }),
		web: service({ depends_on: { db: needs('service_started') } }),
	},
	volumes: { data: { name: 'lab_data' } },
});
const target = { name: 'lab', project: stack };

async function upBench() {
	const tools = bench({ images });
	await bringUp(stack, tools, {});
	tools.takeWrites();
	return tools;
}

describe('takeDown', () => {
	test('removes containers and networks, dependents first, and leaves volumes', async () => {
		const tools = await upBench();
		await takeDown(target, tools, {});
		assert.deepEqual(tools.states(), {});
		assert.equal(tools.engine.world.networks.size, 0);
		assert.deepEqual([...tools.engine.world.volumes.keys()], ['lab_data']);
		const said = tools.lines();
		assert.ok(said.indexOf('Container lab-web-1 Removed') < said.indexOf('Container lab-db-1 Stopping'));
	});

	test('without time to stop in, containers are killed by their removal, still dependents first', async () => {
		const tools = await upBench();
		await takeDown(target, tools, { stopTimeoutSeconds: 0 });
		const calls = tools.takeWrites();
		assert.ok(!calls.some((call) => call.startsWith('stop')), calls.join('\n'));
		assert.deepEqual(tools.states(), {});
		const said = tools.lines();
		assert.ok(said.indexOf('Container lab-web-1 Removed') < said.indexOf('Container lab-db-1 Removing'));
	});

	test('removes volumes where that is asked for', async () => {
		const tools = await upBench();
		await takeDown(target, tools, { volumes: true });
		assert.equal(tools.engine.world.volumes.size, 0);
	});

	test('works from labels alone, without the file', async () => {
		const tools = await upBench();
		await takeDown({ name: 'lab', project: undefined }, tools, {});
		assert.deepEqual(tools.states(), {});
		assert.equal(tools.engine.world.networks.size, 0);
	});

	test('without the file the containers tell which images are meant', async () => {
		const tools = await upBench();
		await takeDown({ name: 'lab', project: undefined }, tools, { images: 'all' });
		assert.equal(tools.engine.world.images.size, 0);
	});

	test('removes the images that have no name of their own, where that is asked for', async () => {
		const { image: _, ...plain } = service();
		const built = project({ services: { own: { ...plain, build: { context: '/lab' } }, named: service() } });
		const tools = bench({ images });
		await bringUp(built, tools, {});
		await takeDown({ name: 'lab', project: built }, tools, { images: 'local' });
		assert.deepEqual([...tools.engine.world.images.keys()], ['app:latest']);
	});

	test('says that there was nothing to remove, and that is no failure', async () => {
		const tools = bench();
		await takeDown(target, tools, {});
		assert.deepEqual(tools.lines(), ['warning no resource found to remove for project `lab`']);
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('a network that a stranger uses stays, is told, and is no failure', async () => {
		const tools = await upBench();
		const engine = {
			...tools.engine,
			removeNetwork: () => Promise.reject(new Error('unused')),
		};
		const { LabcError } = await import('../../../src/errors/labc-error.ts');
		engine.removeNetwork = () => Promise.reject(new LabcError('ENGINE_REFUSED', 'network has active endpoints'));
		await takeDown(target, { ...tools, engine }, {});
		assert.ok(tools.lines().includes('Network lab_default step.skipped'));
		assert.equal(tools.lines().at(-1)?.endsWith('0 failed'), true);
	});

	test('an interruption stops between steps, and the next down finishes', async () => {
		const tools = await upBench();
		const engine = {
			...tools.engine,
			async stopContainer(...args: Parameters<typeof tools.engine.stopContainer>) {
				tools.interrupt.abort();
				return tools.engine.stopContainer(...args);
			},
		};
		await assert.rejects(takeDown(target, { ...tools, engine }, {}), { code: 'INTERRUPTED' });
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', 'lab-web-1': 'exited' });
		await takeDown(target, { ...tools, signal: new AbortController().signal }, {});
		assert.deepEqual(tools.states(), {});
	});

	const answers = [
		{ when: 'a person agrees', given: { hasPerson: true, answer: true }, questions: 1, volumes: 0 },
		{ when: 'a person does not agree', given: { hasPerson: true, answer: false }, questions: 1, volumes: 1 },
		{ when: 'nobody is there to be asked', given: { hasPerson: false, answer: false }, questions: 0, volumes: 0 },
	] as const;
	for (const { when, given, questions, volumes } of answers) {
		test(`${volumes === 0 ? 'volumes go' : 'nothing goes'} when ${when}`, async () => {
			const made = bench({ images, answer: given.answer });
			const tools = { ...made, hasPerson: () => given.hasPerson };
			await bringUp(stack, tools, {});
			const down = takeDown(target, tools, { volumes: true });
			if (volumes === 0) await down;
			else await assert.rejects(down, { code: 'CONSENT_REFUSED', message: /^nothing was removed/ });
			assert.equal(tools.questions.length, questions);
			assert.equal(tools.engine.world.volumes.size, volumes);
			assert.equal(Object.keys(tools.states()).length, volumes === 0 ? 0 : 2);
			for (const question of tools.questions) assert.match(question, /lab_data/);
		});
	}

	test('a failure is told at the place in the file that it is about', async () => {
		const tools = await upBench();
		const engine = {
			...tools.engine,
			async removeVolume(): Promise<void> {
				throw new LabcError('ENGINE_REFUSED', 'remove volume `lab_data`: the disk is gone');
			},
		};
		const place = { file: '/lab/compose.yml', line: 9, column: 3, lineText: '  data:' };
		const asked: unknown[] = [];
		const locate = (path: readonly (string | number)[]) => {
			asked.push(path);
			return place;
		};
		await assert.rejects(takeDown({ ...target, locate }, { ...tools, engine }, { volumes: true }), {
			code: 'ENGINE_REFUSED',
			at: place,
		});
		assert.deepEqual(asked, [['volumes', 'data']]);
	});

	test('nobody is asked where no volume would go', async () => {
		const tools = { ...(await upBench()), hasPerson: () => true };
		await takeDown(target, tools, {});
		assert.deepEqual(tools.questions, []);
	});

	test('a dry run shows the plan and changes nothing', async () => {
		const tools = await upBench();
		const shown: Plan[] = [];
		await takeDown(target, { ...tools, show: async (plan) => void shown.push(plan) }, { volumes: true });
		assert.deepEqual(
			shown[0]?.steps.map(({ operation }) => operation.type),
			['container.stop', 'container.remove', 'container.stop', 'container.remove', 'network.remove', 'volume.remove'],
		);
		assert.deepEqual(tools.takeWrites(), []);
	});
});
