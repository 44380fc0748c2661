import type { ContainerSpec } from '../../src/engine/container-api.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import { allot, type GpuAsk } from '../../src/gpu/allot.ts';
import type { GpuBox } from '../../src/gpu/box.ts';
import { shortfallOf } from '../../src/gpu/shortfall.ts';
import type { Plan, Step } from '../../src/plan/plan.ts';
import { label } from '../../src/state/labels.ts';
import { observeContainers } from '../../src/state/observe.ts';
import { withGpus } from '../../src/use-cases/give-gpus.ts';
import { queueingForGpus } from '../../src/use-cases/gpu-queue.ts';
import { withGpusOf } from '../../src/use-cases/hold-gpus.ts';
import type { RunTools } from '../../src/use-cases/run-tools.ts';
import { containerSpec } from './container-spec.ts';
import { wish } from './gpu-cases.ts';
import type { LiveContainer } from './in-memory/world.ts';
import { project, service } from './plan-cases.ts';

/** What somebody asks labc for. */
export interface GpuRequest {
	/** So many, or those of these places. */
	readonly wants: number | readonly number[];
	readonly waits: boolean;
	readonly share: boolean;
	/** Whether the engine starts the container again when it has ended. */
	readonly restart: 'no' | 'always' | 'on-failure' | 'unless-stopped';
	/** Its container is made, and starts only after something else has come about. */
	readonly isLate: boolean;
	/** Make somebody's container anew, or start it again, instead of making another. */
	readonly verb: 'up' | 'recreate' | 'start';
}

export interface Part {
	readonly request: GpuRequest;
	readonly project: string;
	readonly tools: RunTools;
	/** The container of the project, as it is now. */
	old(): LiveContainer | undefined;
	/** Told what is about to be started, and which of its GPUs it has from the one that it replaces. */
	onChosen(kept: readonly string[]): void;
}

/** One command from its beginning to its end: labc's own locks, looks, allotment and queue around a very small `up`. */
export const act = (part: Part): Promise<void> => {
	const { tools, request } = part;
	return queueingForGpus(tools, request.waits ? {} : undefined, () =>
		tools.withLock(part.project, () => (request.verb === 'start' ? startAgain(part) : bringUp(part))),
	);
};

const asking = project({ services: { t: service({ gpus: [{ count: 1 }] }) } });

const bringUp = ({ tools, ...part }: Part): Promise<void> =>
	withGpus(
		{ ...asking, name: part.project },
		{ tools, images: new Map(), seen: undefined, queues: part.request.waits },
		{
			async plan(given) {
				if (given === undefined) throw new Error('the world has GPUs');
				return choose(part, given);
			},
			carryOut: make,
		},
	);

interface Chosen {
	readonly plan: Plan;
	readonly spec: ContainerSpec;
	readonly replaced: LiveContainer | undefined;
	readonly isLate: boolean;
}

function choose({ request, project: name, old, onChosen }: Omit<Part, 'tools'>, seen: GpuBox): Chosen {
	const replaced = old();
	const ask: GpuAsk = {
		key: `${name}-t`,
		wish:
			typeof request.wants === 'number' ? wish({ count: request.wants }) : wish({ named: request.wants.map(String) }),
		terms: { share: request.share },
		policy: 'spread',
		previous: idsOf(replaced),
		replaces: replaced?.id,
	};
	const { granted, shortages } = allot([ask], seen);
	if (shortages.length > 0) {
		throw new LabcError('GPU_UNAVAILABLE', 'too few', { cause: shortfallOf([ask], shortages, seen) });
	}
	const ids = (granted.get(ask.key) ?? []).map(({ id }) => id);
	const held = seen.containers.some(({ id, holds }) => id === replaced?.id && holds);
	onChosen(held ? ask.previous : []);
	const spec = containerSpec(`${name}-t`, {
		image: 'app',
		gpus: { requests: [{ device_ids: ids, capabilities: ['gpu'] }] },
		labels: {
			[label.project]: name,
			[label.service]: 't',
			[label.number]: '1',
			[label.configHash]: 'as declared',
			[label.gpuIds]: ids.join(' '),
			...(request.share && { [label.gpuShare]: 'true' }),
		},
		service: { restart: request.restart },
	});
	return { plan: planOf(spec, request.isLate, replaced), spec, replaced, isLate: request.isLate };
}

/** The making of a container, and its start, which may wait for something. */
function planOf(spec: ContainerSpec, isLate: boolean, replaced: LiveContainer | undefined): Plan {
	const replaces = replaced === undefined ? {} : { replaces: replaced.id };
	const wait = {
		type: 'container.await',
		service: 'db',
		containers: [],
		condition: 'service_healthy',
		required: true,
	} as const;
	const start = { type: 'container.start', service: 't', container: { name: spec.name, createdBy: 1 } } as const;
	const made: Step = {
		id: 1,
		operation: { type: 'container.create', service: 't', spec, ...replaces },
		dependsOn: [],
		reasons: [],
	};
	const waited: Step = { id: 2, operation: wait, dependsOn: [], reasons: [] };
	const started: Step = { id: 3, operation: start, dependsOn: isLate ? [1, 2] : [1], reasons: [] };
	return { steps: isLate ? [made, waited, started] : [made, started], warnings: [] };
}

async function make({ spec, replaced, isLate }: Chosen, { engine }: RunTools): Promise<void> {
	if (replaced !== undefined) await engine.removeContainer(replaced.id, { force: true, volumes: false });
	const { id } = await engine.createContainer(spec);
	if (isLate) await new Promise<void>((resolve) => void setTimeout(resolve, 1));
	await engine.startContainer(id);
}

async function startAgain({ tools, project: name }: Part): Promise<void> {
	const containers = await observeContainers(tools.engine, name);
	const [found] = containers;
	if (found === undefined) return;
	const { id, state } = found;
	const restarts = state === 'running';
	const type = restarts ? 'container.restart' : 'container.start';
	const operation = { type, service: 't', container: { id, name: found.name } } as const;
	const plan: Plan = { steps: [{ id: 1, operation, dependsOn: [], reasons: [] }], warnings: [] };
	await withGpusOf(plan, { tools, containers, projectName: name }, async ({ engine }) => {
		if (restarts) await engine.stopContainer(id);
		await engine.startContainer(id);
	});
}

export const idsOf = (container: LiveContainer | undefined): readonly string[] =>
	(container?.spec.labels[label.gpuIds] ?? '').split(' ').filter(Boolean);
