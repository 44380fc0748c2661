import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { once } from '../../../src/cli/outside-programs.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { GpuProcess } from '../../../src/gpu/inventory.ts';
import { queueOn } from '../../../src/queue/queue.ts';
import { ticketName } from '../../../src/queue/ticket.ts';
import type { GpuWait } from '../../../src/use-cases/await-gpus.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { cancelTicket } from '../../../src/use-cases/cancel-ticket.ts';
import { containerSpec } from '../../support/container-spec.ts';
import { ask, box, gpu, mib, wish as wished } from '../../support/gpu-cases.ts';
import { gpuToolsOver } from '../../support/gpu-tools.ts';
import { image, project, service } from '../../support/plan-cases.ts';
import { bench, type Told, until } from '../../support/run-tools.ts';

const trainer = (count: number) =>
	project({ services: { t: service({ gpus: [{ count }], networks: {}, network_mode: 'none' }) } });

/** A machine with one GPU that a process of the host has until `free` is called. */
function busyBox() {
	let processes: readonly GpuProcess[] = [{ pid: 7, program: 'x', memory: 600 * mib }];
	const used = bench({ images: { app: image() } });
	const found = () => box([gpu(0, { processes })]);
	const tools = { ...used, gpus: gpuToolsOver(used.engine, found) };
	return {
		tools,
		tickets: () => [...used.engine.world.volumes.keys()],
		/** The end of a process of the host tells nothing: something else has to ring. */
		free() {
			processes = [];
		},
		async ring() {
			const { id } = await used.engine.createContainer(containerSpec('ringer', { image: 'app' }));
			await used.engine.removeContainer(id, { force: true, volumes: true });
		},
		up: (gpuWait: GpuWait | undefined, count = 1) => bringUp(trainer(count), tools, { gpuWait }),
		waits: () => until(() => tools.told.some(isWaiting)),
	};
}

const isWaiting = (event: Told): boolean => event.type === 'gpu.waiting';

const other = (engine: ReturnType<typeof bench>['engine']) => queueOn({ engine, breaksUnknown: false });
const { key, wish, terms } = ask('x');
const forOne = { project: 'other', asks: [{ key, wish, terms }] } as const;

const whoever = { user: '', agrees: async () => true };

describe('who would rather wait for GPUs', () => {
	test('takes a ticket, tells where it stands, is served when they come free, and gives the ticket back', async () => {
		const at = busyBox();
		const up = at.up({});
		await at.waits();
		assert.deepEqual(at.tickets(), [ticketName(1)]);
		assert.deepEqual(at.tools.told.find(isWaiting), {
			type: 'gpu.waiting',
			ticket: 1,
			place: 1,
			length: 1,
			behind: [],
			held: ['GPU 0 (GPU-00000000…): x (process 7)'],
		});
		at.free();
		await at.ring();
		await up;
		assert.deepEqual(at.tools.states(), { 'lab-t-1': 'running' });
		assert.deepEqual(at.tickets(), []);
		assert.deepEqual(at.tools.locks, ['lab', 'engine.gpus', 'lab', 'engine.gpus']);
	});

	test('has images built once, however often the attempt is made', async () => {
		const at = busyBox();
		const built = project({
			services: {
				t: service({ gpus: [{ count: 1 }], networks: {}, network_mode: 'none', build: { context: '/lab' } }),
			},
		});
		const up = bringUp(built, at.tools, { gpuWait: {}, build: 'always' });
		await at.waits();
		at.free();
		await at.ring();
		await up;
		assert.equal(at.tools.built.length, 1);
	});

	test('is not served before who came first, whatever comes free', async () => {
		const at = busyBox();
		await other(at.tools.engine).take(forOne);
		const up = at.up({});
		await at.waits();
		at.free();
		await at.ring();
		await until(() => at.tools.told.filter(isWaiting).length > 0);
		assert.deepEqual(at.tools.states(), {});
		await other(at.tools.engine).cancel(1);
		await up;
		assert.deepEqual(at.tools.states(), { 'lab-t-1': 'running' });
		const behind = at.tools.told.flatMap((event) => (event.type === 'gpu.waiting' ? event.behind : []));
		assert.match(behind.join(), /^ticket 1, project other, user/);
	});

	test('is served before who came first where that one could not use it', async () => {
		const used = bench({ images: { app: image() } });
		const busy: GpuProcess = { pid: 7, program: 'x', memory: 600 * mib };
		const tools = { ...used, gpus: gpuToolsOver(used.engine, () => box([gpu(0, { processes: [busy] }), gpu(1)])) };
		await other(used.engine).take({ project: 'other', asks: [{ ...forOne.asks[0], wish: wished({ named: ['0'] }) }] });
		await bringUp(trainer(1), tools, { gpuWait: {} });
		assert.deepEqual(used.states(), { 'lab-t-1': 'running' });
	});

	test('keeps its place while the engine does not answer', async () => {
		const at = busyBox();
		let isDown = false;
		const { engine } = at.tools;
		const listVolumes: typeof engine.listVolumes = async (filter) => {
			if (isDown && filter.namePrefix === 'labc-gpu-queue.')
				throw new LabcError('ENGINE_UNREACHABLE', 'no engine answers');
			return engine.listVolumes(filter);
		};
		const tools = { ...at.tools, engine: { ...engine, listVolumes } };
		const withQueue = {
			...tools,
			gpus: { ...at.tools.gpus, queue: once(async () => queueOn({ engine: tools.engine, breaksUnknown: false })) },
		};
		const up = bringUp(trainer(1), withQueue, { gpuWait: {} });
		await at.waits();
		isDown = true;
		await at.ring();
		await until(() =>
			at.tools.told.some((event) => event.type === 'warning' && /the place .* is kept/.test(event.message)),
		);
		assert.deepEqual(at.tickets(), [ticketName(1)]);
		isDown = false;
		at.free();
		await at.ring();
		await up;
		assert.deepEqual(at.tools.states(), { 'lab-t-1': 'running' });
		assert.deepEqual(at.tickets(), []);
	});

	test('leaves the queue on Ctrl-C', async () => {
		const at = busyBox();
		const up = at.up({});
		await at.waits();
		at.tools.interrupt.abort();
		await assert.rejects(up, { code: 'INTERRUPTED' });
		assert.equal(at.tools.told.at(-1)?.type, 'gpu.left');
		assert.deepEqual(at.tickets(), []);
	});

	test('leaves it with 75 when the time is up, and is told who has them', async () => {
		const at = busyBox();
		await assert.rejects(at.up({ timeoutSeconds: 0.05 }), {
			code: 'GPU_WAIT_TIMEOUT',
			message: /^waited 50ms for GPUs: `t-1` asks for 1 GPU, and 0 of 1 can be had\n {2}GPU 0 .*: x \(process 7\)$/,
		});
		assert.deepEqual(at.tickets(), []);
	});

	test('ends when somebody takes the ticket away', async () => {
		const at = busyBox();
		const up = at.up({});
		await at.waits();
		const { ticket } = await cancelTicket(other(at.tools.engine), '1', whoever);
		assert.equal(ticket.project, 'lab');
		await assert.rejects(up, {
			code: 'GPU_TICKET_GONE',
			message: /^user .* \(process \d+ on .*\) took the ticket for GPUs away$/,
		});
		assert.deepEqual(at.tickets(), []);
	});

	test('is refused at once where there are not that many', async () => {
		const at = busyBox();
		await assert.rejects(at.up({}, 2), { code: 'GPU_UNAVAILABLE', message: /asks for 2 GPUs, and there are 1/ });
		assert.deepEqual(at.tools.takeWrites(), []);
	});

	test('looks again after a while though nothing was told', async () => {
		const at = busyBox();
		mock.timers.enable({ apis: ['setTimeout'] });
		try {
			const up = at.up({});
			await at.waits();
			at.free();
			mock.timers.tick(10_000);
			await up;
		} finally {
			mock.timers.reset();
		}
		assert.deepEqual(at.tools.states(), { 'lab-t-1': 'running' });
	});
});

describe('who would not wait', () => {
	test('gets nothing that somebody waits for, and is told so', async () => {
		const at = busyBox();
		at.free();
		await other(at.tools.engine).take(forOne);
		await assert.rejects(at.up(undefined), {
			code: 'GPU_UNAVAILABLE',
			message: /GPU 0 .*: kept for ticket 1, project other, user/,
		});
	});

	test('is told what to do when a ticket to cancel is not there', async () => {
		const { engine } = bench();
		await assert.rejects(cancelTicket(other(engine), '1', whoever), { code: 'GPU_TICKET_GONE', hint: /Nobody waits/ });
		await other(engine).take(forOne);
		await assert.rejects(cancelTicket(other(engine), 'x', whoever), {
			code: 'GPU_TICKET_GONE',
			hint: /^Name one of 1,/,
		});
	});
});
