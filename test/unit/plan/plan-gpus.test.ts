import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GpuBox } from '../../../src/gpu/box.ts';
import type { DeviceRequest } from '../../../src/model/deploy.ts';
import type { Project } from '../../../src/model/project.ts';
import type { DependencyCondition, Service } from '../../../src/model/service.ts';
import { holdsOf } from '../../../src/plan/gpu-holds.ts';
import type { Plan, Step } from '../../../src/plan/plan.ts';
import { planRun } from '../../../src/plan/plan-run.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import type { UpOptions } from '../../../src/plan/up-options.ts';
import { label } from '../../../src/state/labels.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { ask, box, cut, gib, gpu, holding, mib, uuid, waiting, wish } from '../../support/gpu-cases.ts';
import { container, needs, project, service, stateOf, volumeSummary } from '../../support/plan-cases.ts';

type Settings = Project['labc']['project'];
const withSettings = (base: Project, gpu: NonNullable<Settings['gpu']>): Project => ({
	...base,
	labc: { project: { gpu }, services: new Map() },
});

const gpuBox = (given: Partial<GpuBox> = {}): GpuBox => ({
	inventory: box(4),
	containers: [],
	busyBytes: 500 * mib,
	...given,
});

const reserved = { resources: { reservations: { devices: [{ capabilities: ['gpu'], count: 2 }] } }, placement: {} };
const trainer = project({ services: { t: service({ gpus: [{ count: 1 }] }) } });
const twice = project({ services: { t: service({ gpus: [{ count: 2 }], deploy: reserved }) } });
const all = project({ services: { t: service({ gpus: [{ count: -1 }] }) } });
const named = project({ services: { t: service({ gpus: [{ device_ids: ['2'] }] }) } });
const cdi = project({
	services: {
		t: service({
			deploy: {
				placement: {},
				resources: { reservations: { devices: [{ capabilities: ['gpu'], driver: 'nvidia', count: 1 }] } },
			},
		}),
	},
});
const entries = (...gpus: readonly DeviceRequest[]) => project({ services: { t: service({ gpus }) } });
const looking = entries({ count: 1, capabilities: ['utility'] });
const plain = project({ services: { t: service() } });

/** `name requests | ids` of every container that is made. */
const made = ({ steps }: Plan): readonly string[] =>
	steps.flatMap(({ operation }) => {
		if (operation.type !== 'container.create') return [];
		const { name, gpus, labels } = operation.spec;
		const asked = gpus === undefined ? 'as written' : JSON.stringify(gpus.requests);
		return [`${name} ${asked} | ${labels[label.gpuIds] ?? 'not chosen'}`];
	});

const request = (...ids: readonly number[]): string =>
	`[{"device_ids":[${ids.map((id) => `"${uuid(id)}"`).join(',')}],"capabilities":["gpu"]}]`;

const running = (of: Project, given: Partial<ObservedContainer> = {}) => container(of, { service: 't', ...given });
const had = (one: ObservedContainer, index: number, holds: boolean) =>
	holding(one.name, { named: [uuid(index)] }, { id: one.id, holds });

interface Case {
	readonly when: string;
	readonly project: Project;
	readonly there?: readonly ObservedContainer[];
	readonly box?: GpuBox | undefined;
	readonly options?: UpOptions;
	readonly made: readonly string[];
	readonly warnings?: readonly string[];
}

const broken = running(trainer, { state: 'created', status: 'Created' });
const exited = running(trainer, { state: 'exited', status: 'Exited (0) 2 minutes ago', exitCode: 0 });
const up = running(trainer);

const withLabels = (labels: Readonly<Record<string, string>>) => ({ ...up, labels: { ...up.labels, ...labels } });
const sharing = withLabels({ [label.gpuIds]: uuid(1), [label.gpuShare]: 'true', [label.gpuMemory]: String(20 * gib) });

/** `prep` with two of the four GPUs, and then `t` with all of them. */
function pipeline(prep: Partial<Service> = {}, condition: DependencyCondition = 'service_completed_successfully') {
	const services = {
		prep: service({ gpus: [{ count: 2 }], ...prep }),
		t: service({ gpus: [{ count: 4 }], depends_on: { prep: needs(condition) } }),
	};
	return project({ services });
}
const prepRunning = container(pipeline(), { service: 'prep' });

const cases: readonly Case[] = [
	{ when: 'nobody looked', project: trainer, box: undefined, made: ['lab-t-1 as written | not chosen'] },
	{ when: 'no GPU is asked for', project: plain, made: ['lab-t-1 as written | not chosen'] },
	{
		when: 'a count is asked for by each replica',
		project: trainer,
		options: { scale: new Map([['t', 2]]) },
		made: [`lab-t-1 ${request(0)} | ${uuid(0)}`, `lab-t-2 ${request(1)} | ${uuid(1)}`],
	},
	{
		when: 'both forms ask, which is granted once',
		project: twice,
		made: [`lab-t-1 ${request(0, 1)} | ${uuid(0)} ${uuid(1)}`],
	},
	{ when: 'all are asked for', project: all, made: [`lab-t-1 as written | ${[0, 1, 2, 3].map(uuid).join(' ')}`] },
	{ when: 'an id is asked for', project: named, made: [`lab-t-1 as written | ${uuid(2)}`] },
	{
		when: 'one only looks, and is asked as the file says',
		project: looking,
		box: gpuBox({ containers: [holding('x', { all: true })] }),
		made: [`lab-t-1 as written | ${uuid(0)}`],
	},
	{
		when: 'entries of one list are alike, which are one request',
		project: entries({ count: 1 }, { device_ids: ['3'] }, { count: 1 }),
		made: [`lab-t-1 ${request(0, 1, 3)} | ${uuid(0)} ${uuid(1)} ${uuid(3)}`],
	},
	{
		when: 'entries of one list differ, each of which stays a request of its own',
		project: entries(
			{ count: 1, options: { a: '1' } },
			{ device_ids: ['0'], capabilities: ['utility'], options: { a: '2' } },
			{ count: 2, driver: 'nvidia' },
		),
		made: [
			`lab-t-1 [${[
				`{"device_ids":["${uuid(1)}"],"capabilities":["gpu"],"options":{"a":"1"}}`,
				`{"device_ids":["${uuid(0)}"],"capabilities":["utility","gpu"],"options":{"a":"2"}}`,
				`{"driver":"nvidia","device_ids":["${uuid(2)}","${uuid(3)}"],"capabilities":["gpu"]}`,
			].join(',')}] | ${[0, 1, 2, 3].map(uuid).join(' ')}`,
		],
	},
	{
		when: 'the driver is named',
		project: cdi,
		made: [`lab-t-1 [{"driver":"nvidia","device_ids":["${uuid(0)}"],"capabilities":["gpu"]}] | ${uuid(0)}`],
	},
	{
		when: 'allotting is off for the project',
		project: withSettings(trainer, { allot: false }),
		made: ['lab-t-1 as written | not chosen'],
	},
	{
		when: 'there is none and nothing is optional',
		project: trainer,
		box: gpuBox({ inventory: box(0) }),
		made: ['lab-t-1 as written | not chosen'],
		warnings: ['this engine tells of no GPU, and `t` asks for some'],
	},
	{
		when: 'there is none and labc is not to choose',
		project: withSettings(trainer, { allot: false }),
		box: gpuBox({ inventory: box(0) }),
		made: ['lab-t-1 as written | not chosen'],
	},
	{
		when: 'there is none and its container runs, so that it has what it asked for',
		project: trainer,
		there: [up],
		box: gpuBox({ inventory: box(0) }),
		made: [],
	},
	{
		when: 'it is optional, and a container that was made to have one could not start',
		project: trainer,
		there: [broken],
		box: gpuBox({ inventory: box(0), mode: 'optional' }),
		made: [`${broken.id.slice(0, 12)}_lab-t-1 [] | none`],
		warnings: ['service `t` runs without a GPU, for this engine has none'],
	},
	{
		when: 'it is optional, and a container that was made without one is started again',
		project: trainer,
		there: [{ ...broken, labels: { ...broken.labels, [label.gpuIds]: 'none' } }],
		box: gpuBox({ inventory: box(0), mode: 'optional' }),
		made: [],
	},
	{
		when: 'it is optional, and nothing is to be started',
		project: trainer,
		there: [broken],
		box: gpuBox({ inventory: box(0), mode: 'optional' }),
		options: { start: false },
		made: [],
	},
	{
		when: 'there is none and it is optional',
		project: withSettings(trainer, { optional: true }),
		box: gpuBox({ inventory: box(0) }),
		made: ['lab-t-1 [] | none'],
		warnings: ['service `t` runs without a GPU, for this engine has none'],
	},
	{
		when: 'the command line says that it is optional',
		project: trainer,
		box: gpuBox({ inventory: box(0), mode: 'optional' }),
		made: ['lab-t-1 [] | none'],
		warnings: ['service `t` runs without a GPU, for this engine has none'],
	},
	{
		when: 'the command line wants none',
		project: trainer,
		box: gpuBox({ mode: 'none' }),
		made: ['lab-t-1 [] | none'],
		warnings: ['service `t` runs without a GPU, as `--gpus none` asks'],
	},
	{
		when: 'the command line wants none and its container has one',
		project: trainer,
		there: [withLabels({ [label.gpuIds]: uuid(0) })],
		box: gpuBox({ mode: 'none' }),
		made: [`${up.id.slice(0, 12)}_lab-t-1 [] | none`],
		warnings: ['service `t` runs without a GPU, as `--gpus none` asks'],
	},
	{
		when: 'the command line wants none and its container has none',
		project: trainer,
		there: [withLabels({ [label.gpuIds]: 'none' })],
		box: gpuBox({ mode: 'none' }),
		made: [],
	},
	{
		when: 'it is optional and there are some',
		project: withSettings(trainer, { optional: true }),
		made: [`lab-t-1 ${request(0)} | ${uuid(0)}`],
	},
	{ when: 'its container runs', project: trainer, there: [up], box: gpuBox(), made: [] },
	{
		when: 'its container is recreated',
		project: trainer,
		there: [up],
		box: gpuBox({ containers: [had(up, 2, true)] }),
		options: { recreate: 'force' },
		made: [`${up.id.slice(0, 12)}_lab-t-1 ${request(2)} | ${uuid(2)}`],
	},
	{
		when: 'its container ended and its GPU is free',
		project: trainer,
		there: [exited],
		box: gpuBox({ containers: [had(exited, 2, false)] }),
		made: [],
	},
	{
		when: 'its container ended and its GPU was given away',
		project: trainer,
		there: [exited],
		box: gpuBox({ containers: [had(exited, 2, false), holding('x', { named: ['2'] })] }),
		made: [`${exited.id.slice(0, 12)}_lab-t-1 ${request(0)} | ${uuid(0)}`],
	},
	{
		when: 'its container ended and its GPU has left the machine',
		project: trainer,
		there: [exited],
		box: gpuBox({ containers: [had(exited, 7, false)] }),
		made: [`${exited.id.slice(0, 12)}_lab-t-1 ${request(0)} | ${uuid(0)}`],
	},
	{
		when: 'its container was made to go without, and there are some',
		project: trainer,
		there: [withLabels({ [label.gpuIds]: 'none' })],
		made: [`${up.id.slice(0, 12)}_lab-t-1 ${request(0)} | ${uuid(0)}`],
	},
	{
		when: 'nothing is to be started and somebody has them all, since what is only made has none yet',
		project: trainer,
		box: gpuBox({ containers: [holding('x', { all: true })] }),
		options: { start: false },
		made: [`lab-t-1 ${request(0)} | ${uuid(0)}`],
	},
	{
		when: 'nothing is to be started and some are free',
		project: trainer,
		box: gpuBox({ containers: [holding('x', { named: ['0'] })] }),
		options: { start: false },
		made: [`lab-t-1 ${request(1)} | ${uuid(1)}`],
	},
	{
		when: 'its container was made to go without, and nothing is to be recreated',
		project: trainer,
		there: [withLabels({ [label.gpuIds]: 'none' })],
		options: { recreate: 'never' },
		made: [],
	},
	{
		when: 'its container is on the terms of the file, and another GPU is free',
		project: withSettings(trainer, { share: true, memory: '20g', policy: 'pack' }),
		there: [sharing],
		made: [],
	},
	{
		when: 'labc may choose again',
		project: trainer,
		there: [withLabels({ [label.gpuAllot]: 'false' })],
		made: [`${up.id.slice(0, 12)}_lab-t-1 ${request(0)} | ${uuid(0)}`],
	},
	{
		when: 'labc is not to choose any more',
		project: withSettings(trainer, { allot: false }),
		there: [sharing],
		made: [`${up.id.slice(0, 12)}_lab-t-1 as written | not chosen`],
	},
	{
		when: 'a job that ended gives its own back to what waits for it',
		project: pipeline(),
		made: [
			`lab-prep-1 ${request(0, 1)} | ${uuid(0)} ${uuid(1)}`,
			`lab-t-1 ${request(0, 1, 2, 3)} | ${[0, 1, 2, 3].map(uuid).join(' ')}`,
		],
	},
	{
		when: 'a job that runs is going to give its own back to what waits for it',
		project: pipeline(),
		there: [prepRunning],
		box: gpuBox({ containers: [holding('lab-prep-1', { named: ['0', '1'] }, { id: prepRunning.id })] }),
		made: [`lab-t-1 ${request(0, 1, 2, 3)} | ${[0, 1, 2, 3].map(uuid).join(' ')}`],
	},
];

const jobDone = container(pipeline(), {
	service: 'prep',
	state: 'exited',
	status: 'Exited (0) 2 minutes ago',
	exitCode: 0,
});
const trainRunning = container(pipeline(), { service: 't' });
/** `prep` has ended and `t`, which came after it, has all four GPUs. */
const trained = gpuBox({
	containers: [
		holding('lab-prep-1', { named: ['0', '1'] }, { id: jobDone.id, holds: false }),
		holding('lab-t-1', { named: ['0', '1', '2', '3'] }, { id: trainRunning.id }),
	],
});
const endedPipeline = (...containers: readonly ObservedContainer[]) => stateOf(pipeline(), { containers });

const specsOf = ({ steps }: Plan) =>
	steps.flatMap(({ operation }) => (operation.type === 'container.create' ? [operation.spec] : []));

describe('a hook before the first start', () => {
	const hooked = (given: Partial<Service> = {}) =>
		project({
			services: { t: service({ gpus: [{ count: 1 }], pre_start: [{ command: ['load'] }], ...given }) },
		});
	const taken = gpuBox({ containers: [holding('x', { named: ['0'] })] });
	const devicesOf = (plan: Plan) =>
		specsOf(plan).map(({ gpus }) => gpus?.requests.flatMap((one) => one.device_ids ?? []));

	test('has the GPUs of the container that starts after it, and no others', () => {
		const plan = planUp(hooked(), stateWith(), { gpus: taken });
		assert.deepEqual(devicesOf(plan), [[uuid(1)], [uuid(1)]]);
		assert.deepEqual(
			holdsOf(plan, taken).map(({ key }) => key),
			['t-1'],
		);
	});

	test('has those of the first of several containers', () => {
		const plan = planUp(hooked({ scale: 2 }), stateWith(), { gpus: taken });
		assert.deepEqual(devicesOf(plan), [[uuid(1)], [uuid(1)], [uuid(2)]]);
	});

	test('has none where its service is to have none, and shares where that shares', () => {
		assert.deepEqual(devicesOf(planUp(hooked(), stateWith(), { gpus: gpuBox({ mode: 'none' }) })), [[], []]);
		const shared = planUp(withSettings(hooked(), { share: true, memory: '20g' }), stateWith(), { gpus: taken });
		const [, hook] = specsOf(shared);
		assert.equal(hook?.labels[label.gpuShare], 'true');
		assert.equal(hook?.labels[label.gpuMemory], undefined);
	});

	test('has those of a container that was made before', () => {
		const made = container(hooked(), {
			service: 't',
			state: 'created',
			labels: { ...broken.labels, [label.gpuIds]: uuid(2) },
		});
		const before = gpuBox({ containers: [holding(made.name, { named: [uuid(2)] }, { id: made.id, holds: false })] });
		const plan = planUp(hooked(), stateWith([made]), { gpus: before, recreate: 'never' });
		assert.deepEqual(devicesOf(plan), [[uuid(2)]]);
	});
});

describe('what this very plan takes away', () => {
	const four = project({ services: { t: service({ gpus: [{ count: 4 }] }) } });
	const whole = (one: ObservedContainer) => holding(one.name, { named: ['0', '1', '2', '3'] }, { id: one.id });
	const dependsOnStop = (plan: Plan, started: string, stopped: string): boolean => {
		const stop = plan.steps.find(
			({ operation }) => operation.type === 'container.stop' && operation.container.name === stopped,
		);
		const start = plan.steps.find(
			({ operation }) => operation.type === 'container.start' && operation.container.name === started,
		);
		const before = (ids: readonly number[]): boolean =>
			ids.some((id) => id === stop?.id || before(plan.steps.find((step) => step.id === id)?.dependsOn ?? []));
		return before(start?.dependsOn ?? []);
	};

	test('is no obstacle to what replaces it, where an earlier run broke off between the two', () => {
		const old = container(four, { service: 't', name: 'lab-t-1', configHash: 'another' });
		const name = `${old.id.slice(0, 12)}_lab-t-1`;
		const next = container(four, { service: 't', name, state: 'created', status: 'Created' });
		const containers = [whole(old), { ...whole(next), holds: false }];
		const plan = planUp(four, stateOf(four, { containers: [next, old] }), { gpus: gpuBox({ containers }) });
		assert.deepEqual(made(plan), []);
		assert.ok(dependsOnStop(plan, 'lab-t-1', 'lab-t-1'));
	});

	test('is no obstacle where its service has another name now', () => {
		const left = container(four, { service: 'old', name: 'lab-old-1' });
		const state = stateOf(four, { containers: [left] });
		const gpus = gpuBox({ containers: [whole(left)] });
		assert.throws(() => planUp(four, state, { gpus }), { code: 'GPU_UNAVAILABLE' });
		assert.ok(dependsOnStop(planUp(four, state, { gpus, orphans: 'remove' }), 'lab-t-1', 'lab-old-1'));
	});

	test('is no obstacle where there were too many of it', () => {
		const both = project({ services: { a: service({ gpus: [{ count: 1 }] }), b: service({ gpus: [{ count: 1 }] }) } });
		const four = [1, 2, 3, 4].map((number) => container(both, { service: 'a', number }));
		const containers = four.map((one, index) => holding(one.name, { named: [String(index)] }, { id: one.id }));
		const options = { gpus: gpuBox({ containers }), scale: new Map([['a', 3]]) };
		const plan = planUp(both, stateOf(both, { containers: four }), options);
		assert.deepEqual(made(plan), [`lab-b-1 ${request(3)} | ${uuid(3)}`]);
		assert.ok(dependsOnStop(plan, 'lab-b-1', 'lab-a-4'));
	});

	test('is no obstacle where it goes with its volume, and gives what it had', () => {
		const mounts = [{ type: 'volume' as const, source: 'data', target: '/data' }];
		const kept = project({
			services: { t: service({ gpus: [{ count: 1 }], volumes: mounts }) },
			volumes: { data: { name: 'lab_data', driver_opts: { o: 'new' } } },
		});
		const one = container(kept, { service: 't' });
		const volumes = [volumeSummary(kept, 'data', { name: 'lab_data' })];
		const taken = [0, 1, 3].map((index) => holding(`x${index}`, { named: [String(index)] }));
		const containers = [...taken, holding(one.name, { named: ['2'] }, { id: one.id })];
		const options = { gpus: gpuBox({ containers }), recreateVolumes: 'all' as const };
		const plan = planUp(kept, stateOf(kept, { containers: [one], volumes }), options);
		assert.deepEqual(made(plan), [`lab-t-1 ${request(2)} | ${uuid(2)}`]);
	});
});

describe('a job whose GPUs are with what came after it', () => {
	test('stays as it ended when all is brought up again, and the plan says so', () => {
		const plan = planUp(pipeline(), endedPipeline(jobDone, trainRunning), { gpus: trained });
		assert.deepEqual(plan.steps, []);
		assert.deepEqual(
			plan.warnings.map(({ code, path }) => `${code} ${path}`),
			['GPU_JOB_RESTS services.prep'],
		);
	});

	test('is no reason to wait, for who would', () => {
		const plan = planUp(pipeline(), endedPipeline(jobDone, trainRunning), { gpus: { ...trained, mayWait: true } });
		assert.deepEqual(
			plan.warnings.map(({ code }) => code),
			['GPU_JOB_RESTS'],
		);
	});

	test('is run again where it is named, and is refused then', () => {
		const options = { services: ['prep'], gpus: trained };
		assert.throws(() => planUp(pipeline(), endedPipeline(jobDone, trainRunning), options), {
			code: 'GPU_UNAVAILABLE',
			message: /`prep-1` asks for 2 GPUs, .*\n {2}GPU 0 .*: lab-t-1/,
		});
	});

	test('is refused where it had failed, and where it is to be made anew', () => {
		const failed = { ...jobDone, exitCode: 1 };
		const changed = { ...jobDone, configHash: 'another' };
		for (const one of [failed, changed]) {
			assert.throws(() => planUp(pipeline(), endedPipeline(one, trainRunning), { gpus: trained }), {
				code: 'GPU_UNAVAILABLE',
			});
		}
	});

	test('runs again where there are enough for both, as docker compose runs it', () => {
		const gpus = gpuBox({ inventory: box(6), containers: trained.containers });
		const plan = planUp(pipeline(), endedPipeline(jobDone, trainRunning), { gpus });
		assert.deepEqual(made(plan), [`${jobDone.id.slice(0, 12)}_lab-prep-1 ${request(4, 5)} | ${uuid(4)} ${uuid(5)}`]);
	});

	test('runs again before what is made anew, which is stopped first, since it gives its GPUs', () => {
		const changed = { ...trainRunning, configHash: 'another' };
		const { steps } = planUp(pipeline(), endedPipeline(jobDone, changed), { gpus: trained });
		const find = (type: Step['operation']['type'], service: string) =>
			steps.find(({ operation }) => operation.type === type && 'service' in operation && operation.service === service);
		const stop = find('container.stop', 't');
		assert.ok(stop !== undefined);
		assert.deepEqual(stop.reasons, ['its GPUs go to `prep`']);
		assert.ok(find('container.start', 'prep')?.dependsOn.includes(stop.id));
	});
});

const isCreation = ({ operation }: Step): boolean => operation.type === 'container.create';

const stateWith = (containers: readonly ObservedContainer[] = []) => stateOf(trainer, { containers });

describe('the GPUs of an `up`', () => {
	for (const { when, project: of, there, options, made: expected, warnings = [], ...given } of cases) {
		test(`are chosen where ${when}`, () => {
			const gpus = 'box' in given ? given.box : gpuBox();
			const plan = planUp(of, stateWith(there), { ...options, gpus });
			assert.deepEqual(made(plan), expected);
			assert.deepEqual(
				plan.warnings.filter(({ code }) => code === 'GPU_DROPPED' || code === 'GPU_NONE').map(({ message }) => message),
				warnings,
			);
		});
	}

	test('are told in the plan', () => {
		const [step] = planUp(trainer, stateWith(), { gpus: gpuBox() }).steps.filter(isCreation);
		assert.deepEqual(step?.reasons, ['not found', 'gets GPU 0 (GPU-00000000…)']);
	});

	test('are told as looked at where nothing is held', () => {
		const [step] = planUp(looking, stateWith(), { gpus: gpuBox() }).steps.filter(isCreation);
		assert.deepEqual(step?.reasons, ['not found', 'looks at GPU 0 (GPU-00000000…)']);
	});

	const termCases = [
		{ when: 'sharing', settings: { memory: '20g' }, reasons: ['x-labc.gpu.share: true → false'] },
		{
			when: 'memory',
			settings: { share: true, memory: '60g' },
			reasons: ['x-labc.gpu.memory: 20g → 60g'],
		},
		{ when: 'no memory', settings: { share: true }, reasons: ['x-labc.gpu.memory: 20g → (none)'] },
		{ when: 'choosing', settings: { allot: false }, reasons: ['x-labc.gpu.allot: true → false'] },
	] as const;
	for (const { when, settings, reasons } of termCases) {
		test(`are given anew where the file says otherwise of ${when}, and the plan says so`, () => {
			const containers = [holding(up.name, { named: ['1'] }, { id: up.id })];
			const plan = planUp(withSettings(trainer, settings), stateWith([sharing]), { gpus: gpuBox({ containers }) });
			const [step] = plan.steps.filter(isCreation);
			assert.deepEqual(step?.reasons.slice(0, -1), reasons);
		});
	}

	test('of a job are not given to what waits for it only through one that runs, which waits for nothing any more', () => {
		const between = project({
			services: {
				prep: service({ gpus: [{ count: 2 }] }),
				db: service({ depends_on: { prep: needs('service_completed_successfully') } }),
				t: service({ gpus: [{ count: 4 }], depends_on: { db: needs('service_started') } }),
			},
		});
		assert.deepEqual(made(planUp(between, stateWith(), { gpus: gpuBox() })).length, 3);
		const running = container(between, { service: 'db' });
		assert.throws(() => planUp(between, stateOf(between, { containers: [running] }), { gpus: gpuBox() }), {
			code: 'GPU_UNAVAILABLE',
		});
	});

	for (const [when, of] of [
		['it is brought back when it ends', pipeline({ restart: 'unless-stopped' })],
		['it has several replicas, of which one decides', pipeline({ scale: 2, gpus: [{ count: 1 }] })],
		['the other waits for its health alone', pipeline({}, 'service_healthy')],
	] as const) {
		test(`of a job are no other’s where ${when}`, () => {
			assert.throws(() => planUp(of, stateWith(), { gpus: gpuBox() }), { code: 'GPU_UNAVAILABLE' });
		});
	}

	test('that several replicas lack are told once, with who has them', () => {
		const containers = [holding('x', { named: ['0', '1', '2'] })];
		const options = { scale: new Map([['t', 4]]), gpus: gpuBox({ containers }) };
		assert.throws(
			() => planUp(trainer, stateWith(), options),
			({ message }: Error) => {
				assert.match(message, /`t-2`, `t-3` and `t-4` each ask for 1 GPU, and 0 of 4 can be had/);
				assert.equal(message.split('\n').length, 5);
				return true;
			},
		);
	});

	test('leave the config hash as it is', () => {
		const hashOf = (gpus: GpuBox | undefined) =>
			planUp(trainer, stateWith(), { gpus }).steps.flatMap(({ operation }) =>
				operation.type === 'container.create' ? (operation.spec.labels[label.configHash] ?? '') : [],
			);
		assert.deepEqual(hashOf(gpuBox()), hashOf(undefined));
	});

	test('carry their terms in labels', () => {
		const shared = withSettings(trainer, { share: true, memory: '20g' });
		const [first] = planUp(shared, stateWith(), { gpus: gpuBox({ user: 'ann' }) }).steps.filter(isCreation);
		const labels = first?.operation.type === 'container.create' ? first.operation.spec.labels : undefined;
		assert.equal(labels?.[label.gpuShare], 'true');
		assert.equal(labels?.[label.gpuMemory], String(20 * gib));
		assert.equal(labels?.[label.gpuUser], 'ann');
		assert.equal(labels?.[label.gpuAsked], 'any driver count 1 gpu');
	});

	test('refuse before anything is done, naming who has them', () => {
		const containers = [holding('x', { all: true }, { project: 'other' })];
		assert.throws(() => planUp(trainer, stateWith(), { gpus: gpuBox({ containers }) }), {
			code: 'GPU_UNAVAILABLE',
			message: /`t-1` asks for 1 GPU, and 0 of 4 can be had\n {2}GPU 0 \(GPU-00000000…\): x, project other/,
			hint: /^Give `up` or `run` `--gpu-wait` to queue for them/,
		});
	});

	test('refuse an id that no GPU has, and name those there are', () => {
		const inventory = box([gpu(0), cut(1)]);
		assert.throws(() => planUp(named, stateWith(), { gpus: gpuBox({ inventory }) }), {
			code: 'GPU_UNAVAILABLE',
			message: '`t-1` asks for `2`, and there is no such GPU: there are `0`, `1:0` and `1:1`',
			hint: 'Name one that there is, as `labc gpu` lists them.',
		});
	});

	test('tell how to get past what may be needed by nobody', () => {
		const ended = holding('old', { all: true }, { state: 'exited' });
		assert.throws(() => planUp(trainer, stateWith(), { gpus: gpuBox({ containers: [ended] }) }), {
			message: /GPU 0 .*: old, which ended and which the engine starts again/,
			hint: /`docker update --restart no old`/,
		});
		const queue = [waiting(7, ask('x', { wish: wish({ all: true }) }))];
		assert.throws(() => planUp(trainer, stateWith(), { gpus: gpuBox({ queue }) }), {
			hint: /`labc gpu cancel 7` where nobody waits any more/,
		});
	});

	test('tell who shares and lacks memory to ask for less, and whose project has them to stop it', () => {
		const shared = withSettings(trainer, { share: true, memory: '60g' });
		const beside = holding('x', { all: true }, { terms: { share: true, memory: 60 * gib } });
		assert.throws(() => planUp(shared, stateWith(), { gpus: gpuBox({ containers: [beside] }) }), {
			hint: /^Give .* ask for less `memory`/,
		});
		const own = holding('x', { all: true }, { project: 'lab' });
		assert.throws(() => planUp(trainer, stateWith(), { gpus: gpuBox({ containers: [own] }) }), {
			hint: /^Others of this project have them/,
		});
	});

	test('say what would be waited for, where somebody would wait', () => {
		const containers = [holding('x', { all: true })];
		const { warnings, steps } = planUp(trainer, stateWith(), { gpus: gpuBox({ containers, mayWait: true }) });
		assert.match(JSON.stringify(steps), /gets GPUs when they come free/);
		assert.deepEqual(
			warnings.map(({ code }) => code).filter((code) => code.startsWith('GPU')),
			['GPU_SHORT'],
		);
	});

	test('refuse what an idle machine could not serve, whoever would wait', () => {
		const inventory = box(1);
		assert.throws(() => planUp(twice, stateWith(), { gpus: gpuBox({ inventory, mayWait: true }) }), {
			code: 'GPU_UNAVAILABLE',
			hint: /^Ask for what there is/,
		});
	});
});

test('a one-off gets a GPU of its own', () => {
	const definition = trainer.services.get('t');
	assert.ok(definition !== undefined);
	const plan = planRun(trainer, 't', stateWith(), {
		service: definition,
		slug: 'f'.repeat(64),
		name: 'once',
		oneOff: { autoRemove: false, input: false },
		gpus: gpuBox({ containers: [holding('x', { named: ['0'] })] }),
	});
	assert.deepEqual(made(plan), [`once ${request(1)} | ${uuid(1)}`]);
});
