import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { Project } from '../../../src/model/project.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { previewUp } from '../../../src/use-cases/preview-up.ts';
import { takeDown } from '../../../src/use-cases/take-down.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { bench, until } from '../../support/run-tools.ts';

const images = { app: {} };
const healthcheck = { test: ['CMD', 'true'] };
const stack = project({
	services: {
		db: service({ healthcheck }),
		seed: service({ depends_on: { db: needs('service_healthy') } }),
		web: service({ depends_on: { seed: needs('service_completed_successfully') } }),
	},
	volumes: { data: { name: 'lab_data' } },
});

/** `seed` is a job that ends by itself. */
const behaviour = ({ name }: { readonly name: string }) => (name.startsWith('lab-seed') ? { exitAfterMs: 5 } : {});

const withService = (of: Project, name: string, change: Parameters<typeof service>[0]): Project => ({
	...of,
	services: new Map([...of.services].map(([key, value]) => [key, key === name ? { ...value, ...change } : value])),
});

describe('bringUp', () => {
	test('brings a stack up in the order of its conditions', async () => {
		const tools = bench({ images, behaviour });
		await bringUp(stack, tools, {});
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', 'lab-seed-1': 'exited', 'lab-web-1': 'running' });
		const said = tools.lines();
		const order = [
			'Network lab_default Created',
			'Container lab-db-1 Started',
			'Container lab-db-1 Healthy',
			'Container lab-seed-1 Started',
			'Container lab-seed-1 Exited',
			'Container lab-web-1 Started',
		].map((line) => said.indexOf(line));
		assert.ok(!order.includes(-1), said.join('\n'));
		assert.deepEqual(
			order,
			[...order].sort((a, b) => a - b),
		);
	});

	test('a second up of what runs writes nothing', async () => {
		const tools = bench({ images });
		const simple = project({ services: { db: service({ healthcheck }), web: service() } });
		await bringUp(simple, tools, { wait: true });
		assert.ok(tools.takeWrites().length > 0);
		await bringUp(simple, tools, { wait: true });
		assert.deepEqual(tools.takeWrites(), []);
		assert.equal(tools.lines().at(-1), 'done 0 changed 0 failed');
	});

	test('the lock is taken where something is to be done, and not where nothing is', async () => {
		const tools = bench({ images });
		const simple = project({ services: { web: service() } });
		await bringUp(simple, tools, {});
		assert.deepEqual(tools.locks, ['lab']);
		await bringUp(simple, tools, {});
		assert.deepEqual(tools.locks, ['lab']);
	});

	test('what somebody else did before the lock was had is not done again', async () => {
		const tools = bench({ images });
		const simple = project({ services: { web: service() } });
		const late: typeof tools = {
			...tools,
			async withLock(name, work) {
				await bringUp(simple, tools, {});
				tools.takeWrites();
				return tools.withLock(name, work);
			},
		};
		await bringUp(simple, late, {});
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('nobody waits while a person is asked', async () => {
		const tools = bench({ images });
		const data = (driver: string) =>
			project({
				services: { web: service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] }) },
				volumes: { data: { name: 'lab_data', driver } },
			});
		await bringUp(data('local'), tools, {});
		const taken: number[] = [];
		await bringUp(data('other'), { ...tools, confirm: async () => taken.push(tools.locks.length) > 0 }, {});
		assert.deepEqual(taken, [1]);
		assert.deepEqual(tools.locks, ['lab', 'lab']);
	});

	test('a changed environment recreates that service and leaves the others alone', async () => {
		const tools = bench({ images });
		const before = project({ services: { db: service(), web: service({ environment: { MODE: 'a' } }) } });
		await bringUp(before, tools, {});
		const old = new Map([...tools.engine.world.containers.values()].map(({ name, id }) => [name, id]));
		await bringUp(withService(before, 'web', { environment: { MODE: 'b' } }), tools, {});
		const now = new Map([...tools.engine.world.containers.values()].map(({ name, id }) => [name, id]));
		assert.equal(now.get('lab-db-1'), old.get('lab-db-1'));
		assert.notEqual(now.get('lab-web-1'), old.get('lab-web-1'));
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', 'lab-web-1': 'running' });
		assert.equal(tools.lines().filter((line) => line === 'Container lab-web-1 Recreated').length, 1);
	});

	test('missing images are pulled once for all who use them, before anything is made', async () => {
		const tools = bench({ pullable: ['app'] });
		await bringUp(project({ services: { a: service(), b: service() } }), tools, {});
		const calls = tools.takeWrites();
		assert.deepEqual(
			calls.filter((call) => call.startsWith('pull')),
			['pullImage app'],
		);
		assert.equal(calls[0], 'pullImage app');
	});

	test('missing images that can be built are built in one go', async () => {
		const tools = bench();
		const build = { context: '/lab' };
		const { image: _, ...plain } = service();
		await bringUp(project({ services: { a: { ...plain, build }, b: { ...plain, build } } }), tools, {});
		assert.deepEqual(
			tools.built.map(({ targets }) => targets.map((target) => target.image)),
			[['lab-a', 'lab-b']],
		);
		assert.deepEqual(tools.states(), { 'lab-a-1': 'running', 'lab-b-1': 'running' });
	});

	test('a build that fails leaves nothing made, and the next up converges', async () => {
		const buildError = new LabcError('BUILD_FAILED', 'a: exit code 7');
		const { image: _, ...plain } = service();
		const buildable = project({ services: { a: { ...plain, build: { context: '/lab' } } } });
		const tools = bench({ buildError });
		await assert.rejects(bringUp(buildable, tools, {}), buildError);
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('an image that cannot be had is told with its name, and nothing is made', async () => {
		const tools = bench();
		await assert.rejects(bringUp(project({ services: { a: service({ image: 'no/such:1' }) } }), tools, {}), {
			code: 'IMAGE_UNAVAILABLE',
			message: /no\/such:1/,
		});
		assert.deepEqual(tools.states(), {});
	});

	test('a container that does not start fails what depends on it, and nothing else', async () => {
		const tools = bench({
			images,
			behaviour: ({ name }) => (name === 'lab-db-1' ? { startError: 'no such device' } : {}),
		});
		const three = project({
			services: {
				db: service(),
				other: service(),
				web: service({ depends_on: { db: needs('service_started') } }),
			},
		});
		await assert.rejects(bringUp(three, tools, {}), { code: 'ENGINE_REFUSED', message: /no such device/ });
		assert.equal(tools.states()['lab-other-1'], 'running');
		assert.equal(tools.states()['lab-web-1'], 'created');
		assert.ok(tools.lines().includes('Container lab-web-1 step.skipped'));
	});

	test('after a failure it says what is done, what is not, and how to go on', async () => {
		const tools = bench({ images, behaviour: ({ name }) => (name === 'lab-db-1' ? { startError: 'no' } : {}) });
		const two = project({
			services: { db: service(), web: service({ depends_on: { db: needs('service_started') } }) },
		});
		await assert.rejects(bringUp(two, tools, {}));
		const warning = tools.told.find(({ type }) => type === 'warning');
		assert.deepEqual(warning, {
			type: 'warning',
			message: [
				'3 of 5 steps are done',
				'failed: start container lab-db-1',
				'skipped because of that: start container lab-web-1',
			].join('\n'),
			hint: 'Run `labc compose up` again to go on from here, once the cause is mended.',
		});
	});

	test('a replacement that does not start gives its place back to the old container, which runs on', async () => {
		const broken = new Set<string>();
		const tools = bench({
			images,
			behaviour: ({ service: { environment } }) =>
				broken.has(environment?.['MODE'] ?? '') ? { startError: 'no such device' } : {},
		});
		const before = project({ services: { db: service(), web: service({ environment: { MODE: 'a' } }) } });
		await bringUp(before, tools, {});
		const idOfWeb = () => [...tools.engine.world.containers.values()].find(({ name }) => name === 'lab-web-1')?.id;
		const old = idOfWeb();
		broken.add('b');
		await assert.rejects(
			bringUp(withService(before, 'web', { environment: { MODE: 'b' } }), tools, {}),
			/no such device/,
		);
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', 'lab-web-1': 'running' });
		assert.equal(idOfWeb(), old);
		const warning = tools.told.findLast((event) => event.type === 'warning');
		assert.match(warning?.message ?? '', /brought back: lab-web-1/);
	});

	test('once the cause is mended, the next up finishes what was begun', async () => {
		let broken = true;
		const tools = bench({
			images,
			behaviour: ({ name }) => (broken && name === 'lab-db-1' ? { startError: 'no' } : {}),
		});
		const two = project({
			services: { db: service(), web: service({ depends_on: { db: needs('service_started') } }) },
		});
		await assert.rejects(bringUp(two, tools, {}));
		tools.takeWrites();
		broken = false;
		await bringUp(two, tools, {});
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', 'lab-web-1': 'running' });
		assert.ok(tools.takeWrites().every((call) => call.startsWith('startContainer')));
	});

	test('a replacement that breaks off anywhere is finished by the next up', async () => {
		for (const method of [
			'createContainer',
			'stopContainer',
			'renameContainer',
			'startContainer',
			'removeContainer',
		] as const) {
			const tools = bench({ images });
			const before = project({ services: { web: service({ environment: { MODE: 'a' } }) } });
			await bringUp(before, tools, {});
			const after = withService(before, 'web', { environment: { MODE: 'b' } });
			const fails = () => Promise.reject(new LabcError('ENGINE_REFUSED', `${method} broke`));
			await assert.rejects(bringUp(after, { ...tools, engine: { ...tools.engine, [method]: fails } }, {}), /broke/);
			await bringUp(after, tools, {});
			assert.deepEqual(tools.states(), { 'lab-web-1': 'running' }, `after ${method} broke`);
			tools.takeWrites();
			await bringUp(after, tools, {});
			assert.deepEqual(tools.takeWrites(), [], `settled after ${method} broke`);
		}
	});

	test('several different failures are told as one error that holds them all', async () => {
		const tools = bench({ images, behaviour: ({ name }) => ({ startError: `${name} can't` }) });
		const two = project({ services: { a: service(), b: service() } });
		await assert.rejects(bringUp(two, tools, {}), (error: unknown) => {
			assert.ok(error instanceof LabcError);
			assert.equal(error.code, 'APPLY_FAILED');
			assert.deepEqual(
				error.diagnostics.map(({ message }) => message),
				["lab-a-1 can't", "lab-b-1 can't"],
			);
			return true;
		});
	});

	test('a service that exits under --wait ends the command with its exit code and its last lines', async () => {
		const tools = bench({ images, behaviour: () => ({ exitAfterMs: 1, exitCode: 3, stdout: 'my last words\n' }) });
		await assert.rejects(bringUp(project({ services: { web: service() } }), tools, { wait: true }), {
			code: 'CONTAINER_EXITED',
			message: 'container lab-web-1 exited (3)\nthe end of its log:\n  my last words',
		});
	});

	test('a service that gets unhealthy under --wait ends the command', async () => {
		const tools = bench({ images, behaviour: () => ({ health: 'unhealthy' }) });
		await assert.rejects(bringUp(project({ services: { web: service({ healthcheck }) } }), tools, { wait: true }), {
			code: 'CONTAINER_UNHEALTHY',
			message: /^container lab-web-1 is unhealthy/,
		});
	});

	test('an optional dependency that fails is told, and its dependents start', async () => {
		const tools = bench({ images, behaviour: ({ name }) => (name === 'lab-db-1' ? { health: 'unhealthy' } : {}) });
		const lenient = project({
			services: {
				db: service({ healthcheck }),
				web: service({ depends_on: { db: needs('service_healthy', { required: false }) } }),
			},
		});
		await bringUp(lenient, tools, {});
		assert.equal(tools.states()['lab-web-1'], 'running');
		assert.ok(tools.lines().includes('Container lab-db-1 step.skipped'));
	});

	test('an optional dependency that cannot even be started ends the command, as docker compose does', async () => {
		const optional = project({
			services: {
				db: service(),
				web: service({ depends_on: { db: needs('service_started', { required: false }) } }),
			},
		});
		const tools = bench({
			images,
			behaviour: ({ name }) => (name === 'lab-db-1' ? { startError: 'no such device' } : {}),
		});
		await assert.rejects(bringUp(optional, tools, {}), { code: 'ENGINE_REFUSED', message: /no such device/ });
		assert.deepEqual(tools.states(), { 'lab-db-1': 'created', 'lab-web-1': 'created' });
	});

	test('an interruption while it waits leaves what runs, and ends with 130', async () => {
		const tools = bench({ images, behaviour: () => ({ healthAfterMs: 60_000 }) });
		const waiting = bringUp(stack, tools, {});
		await until(() => tools.lines().includes('Container lab-db-1 Waiting'));
		tools.interrupt.abort();
		await assert.rejects(waiting, { code: 'INTERRUPTED' });
		assert.equal(tools.states()['lab-db-1'], 'running');
		await takeDown({ name: 'lab', project: stack }, bench({}), {});
		for (const { timers } of tools.engine.world.containers.values()) for (const timer of timers) clearTimeout(timer);
	});

	test('the limit on engine calls is kept', async () => {
		const tools = bench({ images });
		let running = 0;
		let most = 0;
		const engine = {
			...tools.engine,
			async createContainer(...args: Parameters<typeof tools.engine.createContainer>) {
				running += 1;
				most = Math.max(most, running);
				await new Promise((resolve) => setImmediate(resolve));
				running -= 1;
				return tools.engine.createContainer(...args);
			},
		};
		const many = project({ services: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, service()])) });
		await bringUp(many, { ...tools, engine, parallel: 2 }, {});
		assert.equal(most, 2);
	});
});

describe('a volume whose configuration changed', () => {
	const mounted = service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] });
	const plain = project({ services: { web: mounted }, volumes: { data: { name: 'lab_data' } } });
	const changed = project({
		services: { web: mounted },
		volumes: { data: { name: 'lab_data', driver_opts: { type: 'tmpfs' } } },
	});

	test('is kept without a clear yes, and a warning says so', async () => {
		const tools = bench({ images, answer: false });
		await bringUp(plain, tools, {});
		tools.takeWrites();
		await bringUp(changed, tools, {});
		assert.equal(tools.questions.length, 1);
		assert.match(tools.questions[0] ?? '', /`lab_data`.*data will be lost/);
		assert.deepEqual(tools.takeWrites(), []);
		assert.match(tools.lines().at(-1) ?? '', /^warning volume `lab_data` keeps its old configuration \(driver_opts/);
	});

	test('is recreated on a yes, with the containers that use it', async () => {
		const tools = bench({ images, answer: true });
		await bringUp(plain, tools, {});
		tools.takeWrites();
		await bringUp(changed, tools, {});
		const calls = tools.takeWrites();
		assert.ok(calls.includes('removeVolume lab_data'), calls.join('\n'));
		assert.deepEqual(tools.states(), { 'lab-web-1': 'running' });
		await bringUp(changed, tools, {});
		assert.deepEqual(tools.takeWrites(), []);
		assert.equal(tools.questions.length, 1);
	});

	test('is recreated without a question where that was agreed to before', async () => {
		const tools = bench({ images, answer: false });
		await bringUp(plain, tools, {});
		await bringUp(changed, tools, { recreateVolumes: 'all' });
		assert.ok(tools.takeWrites().includes('removeVolume lab_data'));
		assert.deepEqual(tools.questions, []);
		assert.ok(!tools.lines().some((line) => /keeps its old configuration/.test(line)));
	});

	test('is kept where another one was agreed to, which is recreated', async () => {
		const tools = bench({ images });
		const two = (driver_opts?: Readonly<Record<string, string>>) =>
			project({
				services: { web: mounted, db: service({ volumes: [{ type: 'volume', source: 'more', target: '/m' }] }) },
				volumes: {
					data: { name: 'lab_data', ...(driver_opts && { driver_opts }) },
					more: { name: 'lab_more', ...(driver_opts && { driver_opts }) },
				},
			});
		await bringUp(two(), tools, {});
		tools.takeWrites();
		const confirm = async (question: string): Promise<boolean> => question.includes('lab_more');
		await bringUp(two({ type: 'tmpfs' }), { ...tools, confirm }, {});
		const calls = tools.takeWrites();
		assert.ok(calls.includes('removeVolume lab_more'), calls.join('\n'));
		assert.ok(!calls.some((call) => call.includes('lab_data') || call.includes('lab-web-1')), calls.join('\n'));
		assert.match(tools.lines().at(-1) ?? '', /^warning volume `lab_data` keeps its old configuration/);
	});

	test('is not told to be as declared where it is kept', async () => {
		const tools = bench({ images, answer: false });
		await bringUp(plain, tools, {});
		await bringUp(changed, tools, {});
		const ends = tools.told.flatMap((event) => (event.type === 'run.done' ? [event.keepsOld ?? false] : []));
		assert.deepEqual(ends, [false, true]);
	});

	test('is refused before anything is written where a container of somebody else uses it', async () => {
		const tools = bench({ images });
		await bringUp(plain, tools, {});
		await bringUp(
			{ ...plain, name: 'shop', volumes: new Map([['data', { name: 'lab_data', external: true }]]) },
			tools,
			{},
		);
		tools.takeWrites();
		const refused = { code: 'VOLUME_IN_USE', message: /`shop-web-1` uses it/ };
		await assert.rejects(bringUp(changed, tools, { recreateVolumes: 'all' }), refused);
		await assert.rejects(previewUp(changed, tools, { recreateVolumes: 'all' }), refused);
		assert.deepEqual(tools.takeWrites(), []);
	});
});

test('bringUp and its preview end where no service is selected', async () => {
	const empty = project({ services: {} });
	const tools = bench();
	await assert.rejects(bringUp(empty, tools, {}), { code: 'PROJECT_EMPTY' });
	await assert.rejects(previewUp(empty, tools, {}), { code: 'PROJECT_EMPTY' });
	assert.deepEqual(tools.takeWrites(), []);
});
