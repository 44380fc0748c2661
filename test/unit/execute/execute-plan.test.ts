import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { executePlan } from '../../../src/execute/execute-plan.ts';
import type { Step } from '../../../src/plan/plan.ts';
import { bench, until } from '../../support/run-tools.ts';
import { create, pull, remove, rename, spec, start, step, stop } from './steps.ts';

const images = { busybox: {} };
const plan = (...steps: readonly Step[]) => ({ steps, warnings: [] });
const made = { name: 'lab-web-1', createdBy: 1 };

describe('executePlan', () => {
	test('results of one step serve the next, and every step is told at its beginning and end', async () => {
		const tools = bench({ images });
		const result = await executePlan(plan(step(1, [], create()), step(2, [1], start(made))), {
			...tools,
			projectName: 'lab',
		});
		assert.equal(result.done.length, 2);
		assert.deepEqual(tools.states(), { 'lab-web-1': 'running' });
		assert.deepEqual(tools.lines(), [
			'Container lab-web-1 Creating',
			'Container lab-web-1 Created',
			'Container lab-web-1 Starting',
			'Container lab-web-1 Started',
		]);
	});

	test('a replacement of four steps is told once', async () => {
		const tools = bench({ images });
		const { id } = await tools.engine.createContainer(spec());
		const old = { name: 'lab-web-1', id };
		const temporary = spec({ name: 'tmp_lab-web-1' });
		await executePlan(
			plan(
				step(1, [], { type: 'container.create', service: 'web', spec: temporary, replaces: id }),
				step(2, [1], stop(old)),
				step(3, [2], rename(old, 'aside')),
				step(4, [3], rename({ name: 'tmp_lab-web-1', createdBy: 1 }, 'lab-web-1')),
				step(5, [4], remove(old)),
			),
			{ ...tools, projectName: 'lab' },
		);
		assert.deepEqual(tools.lines(), ['Container lab-web-1 Recreate', 'Container lab-web-1 Recreated']);
		assert.deepEqual(tools.states(), { 'lab-web-1': 'created' });
	});

	test('before something is taken away it is asked whether that may still be; where not, it stays', async () => {
		const tools = bench({ images });
		const { id } = await tools.engine.createContainer(spec());
		const lost = new LabcError('LOCK_LOST', 'the lock is gone');
		const asked: string[] = [];
		const result = await executePlan(
			plan(step(1, [], create({ name: 'lab-web-2' })), step(2, [], remove({ name: 'lab-web-1', id }))),
			{
				...tools,
				projectName: 'lab',
				async beforeRemoval() {
					asked.push('may it?');
					throw lost;
				},
			},
		);
		assert.deepEqual([asked.length, result.failed.map(({ error }) => error)], [1, [lost]]);
		assert.deepEqual(tools.states(), { 'lab-web-1': 'created', 'lab-web-2': 'created' });
	});

	test('a rollback is told by its own steps', async () => {
		const tools = bench({ images });
		const { id } = await tools.engine.createContainer(spec());
		const old = { name: 'lab-web-1', id };
		await executePlan(
			{
				...plan(step(1, [], stop(old)), step(2, [1], pull('no/such'))),
				rollbacks: [
					{ guards: [2], steps: [{ undoes: 1, operation: start(old), reason: 'the new one did not come up' }] },
				],
			},
			{ ...tools, projectName: 'lab' },
		);
		assert.deepEqual(tools.lines().slice(-2), ['Container lab-web-1 Starting', 'Container lab-web-1 Started']);
		assert.deepEqual(tools.states(), { 'lab-web-1': 'running' });
	});

	test('a rollback is carried out to its end after an interruption', async () => {
		const tools = bench({ images });
		const { id } = await tools.engine.createContainer(spec());
		const old = { name: 'lab-web-1', id };
		const gate = Promise.withResolvers<void>();
		const engine = {
			...tools.engine,
			startContainer: (asked: string) => (asked === id ? tools.engine.startContainer(asked) : gate.promise),
			removeContainer: () => Promise.reject(new LabcError('ENGINE_CONFLICT', 'removal is already in progress')),
			async waitContainer(_id: string, _condition: unknown, signal?: AbortSignal) {
				signal?.throwIfAborted();
				return { exitCode: 0 };
			},
		};
		const fresh = { name: 'lab-web-2', createdBy: 2 };
		const running = executePlan(
			{
				...plan(step(1, [], stop(old)), step(2, [1], create({ name: 'lab-web-2' })), step(3, [2], start(fresh))),
				rollbacks: [
					{
						guards: [3],
						steps: [
							{ undoes: 2, operation: remove(fresh), reason: 'the new one did not come up' },
							{ undoes: 1, operation: start(old), reason: 'the new one did not come up' },
						],
					},
				],
			},
			{ ...tools, engine, projectName: 'lab' },
		);
		await until(() => tools.lines().includes('Container lab-web-2 Starting'));
		tools.interrupt.abort();
		gate.reject(new LabcError('PORT_IN_USE', 'port `80` is taken'));
		const { failed, returned } = await running;
		assert.deepEqual(
			failed.map(({ step: { id: failing } }) => failing),
			[3],
		);
		assert.equal(returned.length, 2);
		assert.equal(tools.states()['lab-web-1'], 'running');
	});

	test('a failure is told with its message, what depends on it is told as skipped, and nothing is thrown', async () => {
		const tools = bench();
		const result = await executePlan(plan(step(1, [], pull('no/such')), step(2, [1], create())), {
			...tools,
			projectName: 'lab',
		});
		assert.equal(result.failed.length, 1);
		const [failed, skipped] = tools.told.filter(({ type }) => type === 'step.failed' || type === 'step.skipped');
		assert.ok(failed?.type === 'step.failed' && /no\/such/.test(failed.message));
		assert.ok(skipped?.type === 'step.skipped' && skipped.message === 'no/such failed');
	});

	test('what a failure keeps from being done is told once for each container, and not for the one that failed', async () => {
		const tools = bench();
		const other = { name: 'lab-api-1', createdBy: 3 };
		const waiting = {
			type: 'container.await',
			service: 'web',
			containers: [made],
			condition: 'service_started',
			required: false,
		} as const;
		await executePlan(
			plan(
				step(1, [], create()),
				step(2, [1], start(made)),
				step(3, [1], create({ name: 'lab-api-1' })),
				step(4, [2], waiting),
				step(5, [3, 4], start(other, 'api')),
			),
			{ ...tools, projectName: 'lab' },
		);
		assert.deepEqual(tools.lines(), [
			'Container lab-web-1 Creating',
			'Container lab-web-1 step.failed',
			'Container lab-api-1 step.skipped',
		]);
	});

	test('what is skipped for a container that is still being made is told when it is made', async () => {
		const tools = bench({ images });
		const gate = Promise.withResolvers<void>();
		const engine = {
			...tools.engine,
			async createContainer(spec: Parameters<typeof tools.engine.createContainer>[0]) {
				await gate.promise;
				return tools.engine.createContainer(spec);
			},
		};
		const running = executePlan(
			plan(
				step(1, [], pull('no/such')),
				step(2, [], create()),
				step(3, [1, 2], start({ name: 'lab-web-1', createdBy: 2 })),
			),
			{
				...tools,
				engine,
				projectName: 'lab',
			},
		);
		await until(() => tools.lines().includes('Image no/such step.failed'));
		gate.resolve();
		await running;
		assert.deepEqual(
			tools.lines().filter((line) => line.startsWith('Container')),
			['Container lab-web-1 Creating', 'Container lab-web-1 Created', 'Container lab-web-1 step.skipped'],
		);
	});

	test('an interrupted pull is no failure', async () => {
		const tools = bench();
		const engine = {
			...tools.engine,
			pullImage: (_image: unknown, _onProgress: unknown, signal: AbortSignal) =>
				new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
		};
		const running = executePlan(plan(step(1, [], pull('slow')), step(2, [1], create())), {
			...tools,
			engine,
			projectName: 'lab',
		});
		await until(() => tools.lines().includes('Image slow Pulling'));
		tools.interrupt.abort();
		const { failed, unfinished } = await running;
		assert.deepEqual(failed, []);
		assert.equal(unfinished.length, 2);
		assert.deepEqual(tools.lines(), ['Image slow Pulling']);
	});

	test('what ends after the run was given up is not told any more', async () => {
		const tools = bench({ images });
		const gate = Promise.withResolvers<void>();
		const engine = { ...tools.engine, startContainer: () => gate.promise };
		const running = executePlan(plan(step(1, [], create()), step(2, [1], start(made))), {
			...tools,
			engine,
			projectName: 'lab',
		});
		await until(() => tools.lines().includes('Container lab-web-1 Starting'));
		tools.force.abort();
		assert.equal((await running).unfinished.length, 1);
		gate.reject(new LabcError('ENGINE_REFUSED', 'too late'));
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(tools.lines().at(-1), 'Container lab-web-1 Starting');
	});

	test('nobody listens to the engine unless somebody waits', async () => {
		const tools = bench({ images });
		await executePlan(plan(step(1, [], create())), { ...tools, projectName: 'lab' });
		assert.ok(!tools.engine.calls.includes('containerEvents'));
	});

	test('the subscription of those who wait ends with the run', async () => {
		const tools = bench({ images });
		const waiting = {
			type: 'container.await',
			service: 'web',
			containers: [made],
			condition: 'service_started',
			required: true,
		} as const;
		await executePlan(plan(step(1, [], create()), step(2, [1], start(made)), step(3, [2], waiting)), {
			...tools,
			projectName: 'lab',
		});
		assert.ok(tools.engine.calls.includes('containerEvents'));
		assert.equal(tools.engine.world.listeners.size, 0);
	});
});
