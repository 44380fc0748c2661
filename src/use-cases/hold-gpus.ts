import { LabcError } from '../errors/labc-error.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeShortages } from '../gpu/describe.ts';
import { gpuLock } from '../lock/lock-volume.ts';
import type { Project } from '../model/project.ts';
import { endedBefore } from '../plan/ended-before.ts';
import { holdsOf, type PlannedHold } from '../plan/gpu-holds.ts';
import { tellOfResting } from '../plan/gpu-notices.ts';
import type { Plan } from '../plan/plan.ts';
import { observeGpuUsers } from '../state/observe-gpus.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { observeBox } from './gpu-box.ts';
import { reserveGpus, type StartedHold, shortagesOf, whileReserved } from './reserve-gpus.ts';
import { restingJobs, withoutContainers } from './resting-jobs.ts';
import type { RunTools } from './run-tools.ts';
import { tellWarnings } from './tell-warnings.ts';

interface Starting {
	readonly tools: RunTools;
	readonly containers: readonly ObservedContainer[];
	readonly projectName: string;
	readonly project?: Pick<Project, 'labc' | 'services'> | undefined;
	/** Services that the command names. */
	readonly named?: readonly string[] | undefined;
}

/**
 * Runs `work`, which carries out the plan. Containers that ask for GPUs and do not run have given theirs back, whoever
 * made them: who starts them again looks, as the only one who gives GPUs out, whether they are still free, and is
 * refused where not. One that is restarted has none for a moment: nobody gives them to others then.
 */
export async function withGpusOf(
	plan: Plan,
	{ tools, containers, projectName, project, named = [] }: Starting,
	work: (tools: RunTools, plan: Plan) => Promise<void>,
): Promise<void> {
	const { engine, gpus } = tools;
	const started = startedAgain(plan, containers).filter(({ service }) => isAllotted(service, project));
	if (gpus === undefined || started.length === 0) return work(tools, plan);
	const users = new Set(await observeGpuUsers(engine, started));
	if (users.size === 0) return work(tools, plan);
	const { holds, left } = await tools.withLock(gpuLock, async () => {
		const box = await observeBox({ engine, gpus }, { sweeps: true });
		const held = holdsOf(plan, box).filter((hold) => hold.containers.some((id) => users.has(id)));
		// One that ran when it was last seen may have ended while the lock was waited for.
		const holding = new Set(box.containers.flatMap(({ id, holds: isOwn }) => (isOwn ? [id] : [])));
		const resting = held.filter((hold) => !hold.containers.some((id) => holding.has(id)));
		const starts = new Set(started.map(({ id }) => id));
		const wanted = resting.map((hold) => ({
			...hold,
			outlasts: endedFirst(hold, { held, containers, starts, project }),
		}));
		const isShort = project !== undefined && shortagesOf(wanted, box).length > 0;
		const jobs = isShort ? restingJobs(plan, { services: project.services, containers, named }) : new Map();
		const atRest = new Set(containers.filter((one) => jobs.has(one.service) && !one.oneOff).map(({ id }) => id));
		const isAtRest = (hold: PlannedHold): boolean => hold.containers.some((id) => atRest.has(id));
		requireFree(
			wanted.filter((hold) => !isAtRest(hold)),
			{ box, projectName },
		);
		const kept = held.filter((hold) => !isAtRest(hold));
		await reserveGpus(kept, { project: projectName, gpus });
		tellOfResting(jobs, { plan: { warn: (warning) => tellWarnings([warning], tools.emit) } });
		return { holds: kept, left: atRest };
	});
	return whileReserved(holds, { tools, gpus }, (given) => work(given, withoutContainers(plan, left)));
}

/** Those that the plan starts, or stops and starts in one. */
function startedAgain({ steps }: Plan, containers: readonly ObservedContainer[]): readonly ObservedContainer[] {
	const idsOf = (type: 'container.start' | 'container.restart'): readonly string[] =>
		steps.flatMap(({ operation }) =>
			operation.type === type && 'id' in operation.container ? [operation.container.id] : [],
		);
	const [started, restarted] = [idsOf('container.start'), idsOf('container.restart')];
	return containers.filter(({ id, state }) => restarted.includes(id) || (started.includes(id) && state !== 'running'));
}

interface Known extends Pick<Starting, 'containers' | 'project'> {
	readonly held: readonly PlannedHold[];
	/** Ids of what is started. */
	readonly starts: ReadonlySet<string>;
}

/** Keys of the jobs for whose end the start of the container waits. Without a file nobody knows what comes again. */
function endedFirst(hold: PlannedHold, { held, containers, starts, project }: Known): readonly string[] {
	const serviceOf = (one: PlannedHold): string | undefined =>
		containers.find(({ id }) => one.containers.includes(id))?.service;
	const name = serviceOf(hold);
	if (project === undefined || name === undefined || !hold.isLate) return [];
	const replicas = (service: string) => containers.filter((one) => one.service === service && !one.oneOff);
	const jobs = endedBefore(name, {
		services: project.services,
		starts: (service) => replicas(service).every(({ id }) => starts.has(id)),
	});
	const isSuchJob = (service = ''): boolean => jobs.has(service) && replicas(service).length === 1;
	return held.filter((one) => isSuchJob(serviceOf(one))).map(({ key }) => key);
}

/** Where the file says that labc is not to choose, the engine is asked as the file asks. */
const isAllotted = (service: string, project: Pick<Project, 'labc'> | undefined): boolean =>
	(project?.labc.services.get(service)?.gpu?.allot ?? project?.labc.project.gpu?.allot) !== false;

function requireFree(
	holds: readonly StartedHold[],
	{ box, projectName }: { readonly box: GpuBox; readonly projectName: string },
): void {
	const shortages = shortagesOf(holds, box);
	if (shortages.length === 0) return;
	const holders = shortages.flatMap(({ held }) => held.flatMap((each) => each.holders));
	// A plan's own containers are two that can't be there at the same time.
	const isOwn = holders.length > 0 && holders.every(({ kind, project }) => kind === 'plan' || project === projectName);
	throw new LabcError('GPU_UNAVAILABLE', `GPUs were given away: ${describeShortages(shortages)}`, {
		hint: isOwn
			? 'Name the services that shall run: others of this project have the GPUs.'
			: 'Run `labc compose up -d`, which makes the containers again with GPUs that are free.',
	});
}
