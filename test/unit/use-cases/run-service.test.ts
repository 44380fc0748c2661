import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { GpuProcess } from '../../../src/gpu/inventory.ts';
import type { Project } from '../../../src/model/project.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import type { Console } from '../../../src/use-cases/console.ts';
import { type RunServiceRequest, runService } from '../../../src/use-cases/run-service.ts';
import { containerSpec } from '../../support/container-spec.ts';
import { box, gpu, mib } from '../../support/gpu-cases.ts';
import { gpuToolsOver } from '../../support/gpu-tools.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { runRequestFor } from '../../support/run-requests.ts';
import { type Bench, type BenchOptions, bench, until } from '../../support/run-tools.ts';

const job = service({ depends_on: { db: needs('service_started') } });
const lab = project({ services: { db: service(), job } });
const ownName = 'lab-job-run-abababababab';

/** The one-off says a word and ends with 3; what else there is goes on. */
const jobEnds: NonNullable<BenchOptions['behaviour']> = ({ oneOff }) =>
	oneOff === undefined ? {} : { stdout: 'trained\n', stderr: 'hot\n', exitAfterMs: 5, exitCode: 3 };

interface Ran {
	readonly status: number;
	readonly out: string;
	readonly err: string;
	readonly detached: readonly string[];
}

async function run(tools: Bench, changes: Partial<RunServiceRequest> = {}, of: Project = lab): Promise<Ran> {
	const heard = { out: '', err: '' };
	const detached: string[] = [];
	const console: Console = {
		async out(bytes) {
			heard.out += Buffer.from(bytes).toString();
		},
		async err(bytes) {
			heard.err += Buffer.from(bytes).toString();
		},
		outClosed: new AbortController().signal,
		input: { read: async () => undefined },
		terminal: {
			size: () => ({ columns: 80, rows: 24 }),
			onResize: () => undefined,
			enterRawMode: () => Promise.reject(new Error('no terminal here')),
		},
	};
	const request = runRequestFor('job', of.services.get('job') ?? job, {
		onDetached: async (id) => void detached.push(id),
		...changes,
	});
	return { status: await runService(of, tools, { request, console }), ...heard, detached };
}

const benchOf = (options: BenchOptions = {}): Bench => bench({ images: { app: {} }, behaviour: jobEnds, ...options });

const hooked = (command: string) =>
	project({ services: { db: service(), job: { ...job, post_start: [{ command: [command] }] } } });

describe('hooks of a one-off', () => {
	const stays = { behaviour: () => ({}), exec: () => ({ exitCode: 8, stdout: 'bad\n' }) };

	test('run once it runs; one that fails is told', async () => {
		await assert.rejects(run(benchOf(stays), { detach: true }, hooked('warm-up')), {
			code: 'HOOK_FAILED',
			message: /^job hook exited with status 8[\s\S]*bad/,
		});
	});

	test('that its end overtakes do not matter', async () => {
		const tools = benchOf();
		const createExec: typeof tools.engine.createExec = async (id) => {
			await until(() => tools.states()[ownName] === 'exited');
			throw new LabcError('ENGINE_CONFLICT', `container ${id} is not running`);
		};
		const { status } = await run({ ...tools, engine: { ...tools.engine, createExec } }, {}, hooked('warm-up'));
		assert.equal(status, 3);
	});
});

describe('runService', () => {
	test('brings up what the service needs, then gives what the program says and its exit status', async () => {
		const tools = benchOf();
		const { status, out, err } = await run(tools);
		assert.deepEqual([status, out, err], [3, 'trained\n', 'hot\n']);
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running', [ownName]: 'exited' });
	});

	test('keeps nothing of the container where nothing is to be kept', async () => {
		const tools = benchOf();
		assert.equal((await run(tools, { remove: true })).status, 3);
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running' });
	});

	test('leaves dependencies alone when told to', async () => {
		const tools = benchOf();
		await run(tools, { noDeps: true });
		assert.deepEqual(tools.states(), { [ownName]: 'exited' });
	});

	test("leaves the service's own containers and running dependencies as they are", async () => {
		const tools = benchOf();
		await bringUp(lab, tools, {});
		tools.takeWrites();
		await run(tools);
		const names = tools.takeWrites().map((call) => call.split(' ')[0]);
		assert.deepEqual(names, ['createContainer', 'startContainer']);
		assert.equal(tools.states()['lab-job-1'], 'running');
	});

	test('starts a container that is left alone, and tells its id', async () => {
		const tools = benchOf({ behaviour: () => ({}) });
		const { status, out, detached } = await run(tools, { detach: true });
		const made = [...tools.engine.world.containers.values()].find(({ name }) => name === ownName);
		assert.deepEqual([status, out, detached], [0, '', [made?.id]]);
		assert.equal(tools.states()[ownName], 'running');
	});

	test('runs the service as the command line changed it, under the name that was given', async () => {
		const tools = benchOf();
		const changed = service({ ...job, command: ['python', '-V'], environment: { LR: '0.1' } });
		await run(tools, { service: changed, name: 'mine' });
		const made = [...tools.engine.world.containers.values()].find(({ name }) => name === 'mine');
		assert.deepEqual(made?.spec.service.command, ['python', '-V']);
		assert.deepEqual(made?.spec.service.environment, { LR: '0.1' });
	});

	test('waits for nobody where its container is all that is made, and has the lock where more is', async () => {
		const tools = benchOf();
		await run(tools);
		assert.deepEqual(tools.locks, ['lab']);
		await run(tools, { slug: 'b'.repeat(64) });
		assert.deepEqual(tools.locks, ['lab']);
	});

	test('pulls an image that is missing before anything is made', async () => {
		const tools = bench({ pullable: ['app:latest'], behaviour: jobEnds });
		assert.equal((await run(tools)).status, 3);
		assert.match(tools.takeWrites()[0] ?? '', /^pullImage app/);
	});

	test('a build that fails ends the run before any container is made', async () => {
		const built = project({ services: { job: { command: null, entrypoint: null, build: { context: '/src' } } } });
		const tools = benchOf({ buildError: new Error('no such step') });
		await assert.rejects(run(tools, {}, built), /no such step/);
		assert.deepEqual(tools.states(), {});
	});

	test('a dependency that does not start ends the run: the program is not tried', async () => {
		const tools = benchOf({ behaviour: ({ name }) => (name === 'lab-db-1' ? { startError: 'no GPU' } : {}) });
		await assert.rejects(run(tools), { code: 'ENGINE_REFUSED' });
		assert.deepEqual(tools.states(), { 'lab-db-1': 'created' });
		assert.ok(tools.lines().some((line) => line.startsWith('warning') && line.includes('skipped because of that')));
	});

	test('a command that is not there leaves nothing behind where nothing is to be kept', async () => {
		const startError = 'unable to start container process: exec: "nope": executable file not found in $PATH';
		const tools = benchOf({ behaviour: ({ oneOff }) => (oneOff === undefined ? {} : { startError }) });
		await assert.rejects(run(tools, { remove: true }), { code: 'COMMAND_NOT_FOUND' });
		assert.deepEqual(tools.states(), { 'lab-db-1': 'running' });
	});
});

describe('a one-off that would wait for GPUs', () => {
	test('queues, and runs to its end when they come free', async () => {
		const tools = benchOf();
		let processes: readonly GpuProcess[] = [{ pid: 7, program: 'x', memory: 600 * mib }];
		const gpus = gpuToolsOver(tools.engine, () => box([gpu(0, { processes })]));
		const trainer = project({ services: { job: service({ gpus: [{ count: 1 }] }) } });
		const ended = run({ ...tools, gpus }, { gpuWait: {} }, trainer);
		await until(() => tools.told.some(({ type }) => type === 'gpu.waiting'));
		assert.deepEqual(tools.states(), {});
		processes = [];
		const { id } = await tools.engine.createContainer(containerSpec('other', { image: 'app' }));
		await tools.engine.removeContainer(id, { force: true, volumes: true });
		const { status, out } = await ended;
		assert.deepEqual([status, out], [3, 'trained\n']);
		assert.deepEqual(tools.locks, ['lab', 'engine.gpus', 'lab', 'engine.gpus']);
		assert.ok(![...tools.engine.world.volumes.keys()].some((name) => name.startsWith('labc-gpu-queue')));
	});
});
