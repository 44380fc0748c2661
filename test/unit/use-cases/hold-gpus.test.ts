import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Project } from '../../../src/model/project.ts';
import type { Service } from '../../../src/model/service.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planRestart } from '../../../src/plan/plan-restart.ts';
import { planStartServices } from '../../../src/plan/plan-start-services.ts';
import { label } from '../../../src/state/labels.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { withGpusOf } from '../../../src/use-cases/hold-gpus.ts';
import { box, gpu, mib, uuid } from '../../support/gpu-cases.ts';
import { gpuToolsOver } from '../../support/gpu-tools.ts';
import { container, needs, project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const trainer = project({ services: { t: service({ gpus: [{ count: 1 }] }) } });
const plain = container(trainer, { service: 't' });
const chosen = { ...plain, labels: { ...plain.labels, [label.gpuIds]: uuid(0) } };
const ended = { ...chosen, state: 'exited' } as const;

const starting = (
	{ id, name }: ObservedContainer,
	type: 'container.start' | 'container.stop' | 'container.restart' = 'container.start',
): Plan => ({
	steps: [{ id: 1, operation: { type, service: 't', container: { id, name } }, dependsOn: [], reasons: [] }],
	warnings: [],
});

/** An engine with these containers, on a machine with one GPU, which they have and a process may have. */
function toolsWith(containers: readonly ObservedContainer[], isBusy: boolean, asksFor = uuid(0)) {
	const { engine, ...tools } = bench();
	const processes = isBusy ? [{ pid: 7, program: 'x', memory: 600 * mib }] : [];
	const DeviceRequests = [{ Driver: '', Count: 0, DeviceIDs: [asksFor], Capabilities: [['gpu']] }];
	const detailsOf = (one: ObservedContainer) => ({
		id: one.id,
		name: one.name,
		state: { status: one.state, running: false, exitCode: 0, oomKilled: false, error: '' },
		config: {},
		hostConfig: { DeviceRequests },
		endpoints: {},
		tty: false,
		mounts: [],
	});
	const inspectContainer = async (id: string) => {
		const [found = plain] = containers.filter((one) => one.id === id);
		return detailsOf(found);
	};
	return {
		...tools,
		engine: { ...engine, listContainers: async () => containers, inspectContainer },
		gpus: gpuToolsOver(engine, () => box([gpu(0, { processes })])),
	};
}

const cases: readonly {
	readonly when: string;
	readonly container: ObservedContainer;
	readonly plan: Plan;
	readonly isBusy: boolean;
	readonly locks: readonly string[];
	readonly isRefused?: true | RegExp;
	/** The container's GPU. */
	readonly asksFor?: string;
	readonly project?: Project;
}[] = [
	{ when: 'its GPU is free', container: ended, plan: starting(ended), isBusy: false, locks: ['engine.gpus'] },
	{
		when: 'its GPU was given away',
		container: ended,
		plan: starting(ended),
		isBusy: true,
		locks: ['engine.gpus'],
		isRefused: true,
	},
	{ when: 'it runs', container: chosen, plan: starting(chosen), isBusy: true, locks: [] },
	{
		when: 'it runs and is restarted, for which it has none for a moment',
		container: chosen,
		plan: starting(chosen, 'container.restart'),
		isBusy: true,
		locks: ['engine.gpus'],
	},
	{
		when: 'it had ended, is restarted and its GPU was given away',
		container: ended,
		plan: starting(ended, 'container.restart'),
		isBusy: true,
		locks: ['engine.gpus'],
		isRefused: true,
	},
	{
		when: 'its GPU has left the machine',
		container: ended,
		plan: starting(ended),
		isBusy: false,
		asksFor: uuid(7),
		locks: ['engine.gpus'],
		isRefused: /asks for `GPU-00000007-\S+`, and there is no such GPU/,
	},
	{ when: 'it is only stopped', container: ended, plan: starting(ended, 'container.stop'), isBusy: true, locks: [] },
	{
		when: 'another tool made it, and what it asks for is free',
		container: { ...plain, state: 'exited' },
		plan: starting(plain),
		isBusy: false,
		locks: ['engine.gpus'],
	},
	{
		when: 'another tool made it, and what it asks for was given away',
		container: { ...plain, state: 'exited' },
		plan: starting(plain),
		isBusy: true,
		locks: ['engine.gpus'],
		isRefused: true,
	},
	{
		when: 'the file says that labc is not to choose',
		container: { ...plain, state: 'exited' },
		plan: starting(plain),
		project: { ...trainer, labc: { project: { gpu: { allot: false } }, services: new Map() } },
		isBusy: true,
		locks: [],
	},
];

describe('starting a container again', () => {
	for (const { when, container: one, plan, isBusy, locks, isRefused, asksFor, project: declared } of cases) {
		test(`is ${isRefused ? 'refused' : 'done'} where ${when}`, async () => {
			const tools = toolsWith([one], isBusy, asksFor);
			let isDone = false;
			const work = async () => {
				isDone = true;
			};
			const run = withGpusOf(plan, { tools, containers: [one], projectName: 'lab', project: declared }, work);
			if (isRefused)
				await assert.rejects(run, {
					code: 'GPU_UNAVAILABLE',
					message: isRefused === true ? /given away: .*\n.*x \(process 7\)/ : isRefused,
					hint: /^Run `labc compose up -d`/,
				});
			else await run;
			assert.equal(isDone, isRefused === undefined);
			assert.deepEqual(tools.locks, locks);
		});
	}

	/** A job and what comes after it, on the same GPU, both ended. */
	const jobs = (prep: Partial<Service> = {}) =>
		project({
			services: {
				prep: service({ gpus: [{ count: 1 }], ...prep }),
				t: service({ gpus: [{ count: 1 }], depends_on: { prep: needs('service_completed_successfully') } }),
			},
		});
	const inSequence: readonly {
		readonly when: string;
		readonly declared: Project | undefined;
		readonly replicas?: number;
		readonly verb?: 'restart';
		readonly named?: readonly string[];
		/** What is started in the end. */
		readonly starts: readonly string[] | 'refused';
	}[] = [
		{ when: 'the other waits for the end of the first', declared: jobs(), starts: ['prep', 't'] },
		{ when: 'both begin at the same time', declared: jobs(), verb: 'restart', starts: ['t'] },
		{
			when: 'both begin at the same time and both are named',
			declared: jobs(),
			verb: 'restart',
			named: ['prep', 't'],
			starts: 'refused',
		},
		{ when: 'the engine brings the first back', declared: jobs({ restart: 'always' }), starts: ['t'] },
		{ when: 'the first has several replicas', declared: jobs(), replicas: 2, starts: ['t'] },
		{ when: 'no file tells what is brought back', declared: undefined, starts: 'refused' },
	];
	for (const { when, declared, replicas = 1, verb, named, starts } of inSequence) {
		test(`starts ${starts === 'refused' ? 'neither' : starts.join(' and ')} of two that had the same GPU where ${when}`, async () => {
			const of = declared ?? jobs();
			const end = { state: 'exited', exitCode: 0, status: 'Exited (0)' } as const;
			const preps = Array.from({ length: replicas }, (_, index) =>
				container(of, { service: 'prep', number: index + 1, ...end }),
			);
			const containers = [...preps, container(of, { service: 't', ...end })];
			const tools = toolsWith(containers, false);
			const plan =
				verb === 'restart' ? planRestart(of.services, containers, {}) : planStartServices(of.services, containers);
			let settled: Plan | undefined;
			const request = { tools, containers, projectName: 'lab', project: declared, named };
			const run = withGpusOf(plan, request, async (_, given) => {
				settled = given;
			});
			if (starts === 'refused') {
				await assert.rejects(run, { code: 'GPU_UNAVAILABLE', message: /of this plan/, hint: /^Name the/ });
				return;
			}
			await run;
			const types = ['container.start', 'container.restart'];
			const started = (settled?.steps ?? []).flatMap(({ operation }) =>
				types.includes(operation.type) && 'service' in operation ? [operation.service] : [],
			);
			assert.deepEqual([...new Set(started)], starts);
			const rests = tools.told.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
			assert.equal(
				rests.filter((text) => /`prep` ended well and is not run again/.test(text)).length,
				2 - starts.length,
			);
		});
	}
});
