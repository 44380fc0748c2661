import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Project } from '../../../src/model/project.ts';
import { type AttachOptions, bringUpAttached } from '../../../src/use-cases/attach-up.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { type BenchOptions, bench, until } from '../../support/run-tools.ts';

const images = { app: {} };
const two = project({ services: { job: service(), web: service() } });

/** `job` says a word and ends after `ms` with `exitCode`; `web` says one and stays. */
const jobEnds =
	(ms: number, exitCode = 0): NonNullable<BenchOptions['behaviour']> =>
	({ name }) =>
		name.startsWith('lab-job') ? { exitAfterMs: ms, exitCode, stdout: 'job says\n' } : { stdout: 'web says\n' };

function attach(
	of: Project,
	options: BenchOptions,
	over: Partial<AttachOptions> = {},
	tools = bench({ images, ...options }),
) {
	const out: string[] = [];
	const err: string[] = [];
	const decode = (text: string | Uint8Array): string =>
		typeof text === 'string' ? text : Buffer.from(text).toString();
	const status = bringUpAttached(of, tools, {
		attach: {
			services: [],
			awaited: new Set(),
			hidden: new Set(),
			style: { prefix: true, colour: false, terminal: false, separateStderr: true },
			timestamps: false,
			sink: {
				out: async (text) => void out.push(decode(text)),
				err: async (text) => void err.push(decode(text)),
			},
			outClosed: new AbortController().signal,
			addressed: (hint) => hint.replace('compose', 'compose -p lab'),
			stopOn: undefined,
			exitCodeFrom: undefined,
			flushProgress: async () => undefined,
			...over,
		},
	});
	return { tools, status, out: () => out.join(''), err: () => err.join('') };
}

describe('bringUpAttached', () => {
	test('shows what the containers write from their first line on, and ends with 0 when all have ended', async () => {
		const run = attach(project({ services: { job: service() } }), { behaviour: jobEnds(20, 3) });
		assert.equal(await run.status, 0);
		assert.match(run.out(), /^Attaching to job-1\n/);
		assert.match(run.out(), /job-1\s+\| job says\n/);
		assert.match(run.out(), /job-1 exited with code 3\n/);
	});

	test('what ends while it is looked at once more is not waited for', { timeout: 20_000 }, async () => {
		const tools = bench({ images, behaviour: jobEnds(60) });
		const { engine } = tools;
		const slow = {
			...engine,
			async listContainers(filter: readonly string[]) {
				const listed = await engine.listContainers(filter);
				await delay(150);
				return listed;
			},
		};
		const run = attach(project({ services: { job: service() } }), {}, {}, { ...tools, engine: slow });
		assert.equal(await run.status, 0);
		assert.match(run.out(), /job-1 exited with code 0\n/);
	});

	test('ends with those it waits for, and what it only shows runs on', async () => {
		const run = attach(two, { behaviour: jobEnds(20, 3) }, { awaited: new Set(['job']) });
		assert.equal(await run.status, 0);
		assert.match(run.out(), /web-1\s+\| web says\n/);
		assert.deepEqual(run.tools.states(), { 'lab-job-1': 'exited', 'lab-web-1': 'running' });
	});

	test('an interruption stops what runs, dependents first, and ends with 130', async () => {
		const stack = project({
			services: { db: service(), web: service({ depends_on: { db: needs('service_started') } }) },
		});
		const run = attach(stack, {});
		await until(() => run.out().includes('Attaching'));
		run.tools.interrupt.abort();
		assert.equal(await run.status, 130);
		assert.match(run.err(), /Gracefully Stopping\.\.\. press Ctrl\+C again to force\n/);
		assert.deepEqual(run.tools.states(), { 'lab-db-1': 'exited', 'lab-web-1': 'exited' });
		const said = run.tools.lines();
		assert.ok(said.indexOf('Container lab-web-1 Stopped') < said.indexOf('Container lab-db-1 Stopping'));
	});

	test('an interruption while it still brings up stops what was started', async () => {
		const healthcheck = { test: ['CMD', 'true'] };
		const stack = project({
			services: { db: service({ healthcheck }), web: service({ depends_on: { db: needs('service_healthy') } }) },
		});
		const run = attach(stack, { behaviour: () => ({ healthAfterMs: 60_000 }) });
		await until(() => run.tools.lines().includes('Container lab-db-1 Waiting'));
		run.tools.interrupt.abort();
		assert.equal(await run.status, 130);
		assert.deepEqual(run.tools.states(), { 'lab-db-1': 'exited', 'lab-web-1': 'created' });
	});

	test('a reader that goes away ends it with 0 and without a word, and the containers run on', async () => {
		const reader = new AbortController();
		const run = attach(two, {}, { outClosed: reader.signal });
		await until(() => run.out().includes('Attaching'));
		reader.abort();
		assert.equal(await run.status, 0);
		assert.equal(run.err(), '');
		assert.deepEqual(
			run.tools.takeWrites().filter((call) => /^(stop|kill|remove)/.test(call)),
			[],
		);
		assert.equal(run.tools.states()['lab-web-1'], 'running');
	});

	test('the container it replaces itself ends without a word', async () => {
		const tools = bench({ images });
		await bringUp(project({ services: { web: service({ environment: { LR: '1' } }) } }), tools, {});
		const run = attach(project({ services: { web: service() } }), {}, {}, tools);
		await until(() => tools.lines().includes('Container lab-web-1 Recreated') && run.out().includes('Attaching'));
		await new Promise((resolve) => setTimeout(resolve, 50));
		const shown = run.out();
		tools.interrupt.abort();
		assert.doesNotMatch(shown, /exited with code/);
		assert.equal(await run.status, 130);
	});

	test('who leaves lets the containers run, and what went on beside has ended by then', async () => {
		let isOver = false;
		const run = attach(
			two,
			{},
			{
				async beside({ signal }, { leave }) {
					leave();
					await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
					isOver = true;
				},
			},
		);
		assert.equal(await run.status, 0);
		assert.equal(isOver, true);
		assert.match(run.err(), /^Left running: /);
		assert.deepEqual(run.tools.states(), { 'lab-job-1': 'running', 'lab-web-1': 'running' });
	});

	test('containers that end are no end while something goes on beside that says so', async () => {
		const beside = Promise.withResolvers<void>();
		const run = attach(
			project({ services: { job: service() } }),
			{ behaviour: jobEnds(20) },
			{
				async beside(_, { stayUntil }) {
					stayUntil(beside.promise);
					await beside.promise;
				},
			},
		);
		await until(() => run.out().includes('exited with code 0'));
		await new Promise((resolve) => setTimeout(resolve, 200));
		let hasEnded = false;
		void run.status.then(() => {
			hasEnded = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		assert.equal(hasEnded, false);
		beside.resolve();
		assert.equal(await run.status, 0);
	});

	test('what fails beside is the end of it, and the containers run on', async () => {
		const run = attach(
			two,
			{},
			{
				beside: async () => {
					throw new Error('no more watches');
				},
			},
		);
		await assert.rejects(run.status, /no more watches/);
	});

	test('a second interruption kills', async () => {
		const run = attach(two, {});
		const killed: string[] = [];
		Object.assign(run.tools.engine, {
			stopContainer: () => new Promise(() => undefined),
			killContainer: async (id: string) => void killed.push(id),
		});
		await until(() => run.out().includes('Attaching'));
		run.tools.interrupt.abort();
		await until(() => run.tools.lines().some((line) => line.endsWith('Stopping')));
		run.tools.force.abort();
		assert.equal(await run.status, 130);
		assert.equal(killed.length, 2);
		assert.deepEqual(run.tools.lines().slice(-2).sort(), ['Container lab-job-1 Killed', 'Container lab-web-1 Killed']);
	});

	test('on a terminal no line comes between progress that is drawn in place', async () => {
		const healthcheck = { test: ['CMD', 'true'] };
		const stack = project({
			services: {
				job: service({ healthcheck }),
				web: service({ depends_on: { job: needs('service_healthy') } }),
			},
		});
		const style = { prefix: true, colour: false, terminal: true, separateStderr: true };
		const behaviour = () => ({ stdout: 'says\n', healthAfterMs: 30 });
		const shown: string[] = [];
		const run = attach(
			stack,
			{ behaviour },
			{
				style,
				async flushProgress() {
					shown.push(run.out());
				},
			},
		);
		await until(() => run.out().includes('web-1'));
		run.tools.interrupt.abort();
		await run.status;
		assert.equal(shown[0], '');
		assert.match(run.out(), /^Attaching to job-1, web-1\n/);
	});

	test('the container that ends ends all of them, and its exit code is the status', async () => {
		const run = attach(two, { behaviour: jobEnds(30, 3) }, { stopOn: 'exit' });
		assert.equal(await run.status, 3);
		assert.match(run.err(), /Aborting on container exit/);
		assert.equal(run.tools.states()['lab-web-1'], 'exited');
	});

	test('a container that ends well ends nothing where only failures do', async () => {
		const run = attach(two, { behaviour: jobEnds(5, 0) }, { stopOn: 'failure' });
		await until(() => run.out().includes('job-1 exited with code 0'));
		assert.equal(run.tools.states()['lab-web-1'], 'running');
		run.tools.interrupt.abort();
		assert.equal(await run.status, 130);
	});

	test('a container that ended while others were still started counts once all are up', async () => {
		const healthcheck = { test: ['CMD', 'true'] };
		const stack = project({
			services: {
				job: service(),
				db: service({ healthcheck }),
				web: service({ depends_on: { db: needs('service_healthy') } }),
			},
		});
		const run = attach(
			stack,
			{
				behaviour: ({ name }) => (name.startsWith('lab-job') ? { exitAfterMs: 1, exitCode: 4 } : { healthAfterMs: 60 }),
			},
			{ stopOn: 'exit' },
		);
		assert.equal(await run.status, 4);
		assert.deepEqual(Object.values(run.tools.states()), ['exited', 'exited', 'exited']);
	});

	test('a hidden service writes nothing, and its end is told and counts', async () => {
		const run = attach(two, { behaviour: jobEnds(30, 5) }, { stopOn: 'exit', hidden: new Set(['job']) });
		assert.equal(await run.status, 5);
		assert.match(run.out(), /^Attaching to web-1\n/);
		assert.doesNotMatch(run.out(), /job says/);
		assert.match(run.out(), /job-1 exited with code 5\n/);
	});

	test('the service that was asked gives the status, whoever ended first', async () => {
		const run = attach(two, { behaviour: jobEnds(30, 3) }, { stopOn: 'exit', exitCodeFrom: 'web' });
		const status = await run.status;
		assert.equal(status, exitCodeOf(run, 'lab-web-1'));
		assert.notEqual(status, 3);
	});

	test('a failure to bring up is thrown, and what was written until then is shown', async () => {
		const run = attach(two, {
			behaviour: ({ name }) => (name.startsWith('lab-job') ? { startError: 'no' } : { stdout: 'web says\n' }),
		});
		await assert.rejects(run.status, { code: 'ENGINE_REFUSED' });
	});
});

const exitCodeOf = ({ tools }: ReturnType<typeof attach>, name: string): number | undefined =>
	[...tools.engine.world.containers.values()].find((container) => container.name === name)?.exitCode;
