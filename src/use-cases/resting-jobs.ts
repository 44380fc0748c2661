import type { Service } from '../model/service.ts';
import type { Operation, Plan } from '../plan/plan.ts';
import type { ServiceDecision } from '../plan/service-decision.ts';
import { settledJobs } from '../plan/settled-jobs.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

interface Known {
	readonly services: ReadonlyMap<string, Service>;
	/** One-offs too. */
	readonly containers: readonly ObservedContainer[];
	readonly named: readonly string[];
}

/** Jobs that a plan starts and that can stay as they ended, with what comes after each: it runs, or is started too. */
export function restingJobs(
	plan: Plan,
	{ services, containers, named }: Known,
): ReadonlyMap<string, readonly string[]> {
	const started = new Set(plan.steps.flatMap(({ operation }) => startedBy(operation) ?? []));
	const jobs = new Set([...services.values()].flatMap(jobsBefore));
	// All of a plan may start at the same time.
	const willRun = containers.map(
		(one): ObservedContainer => (started.has(one.id) && !jobs.has(one.service) ? { ...one, state: 'running' } : one),
	);
	const decisionOf = (name: string): ServiceDecision => {
		const kept = containers.filter(({ service, oneOff }) => service === name && !oneOff);
		return { kept, recreated: [], surplus: [], created: [] };
	};
	const decisions = new Map([...services.keys()].map((name) => [name, decisionOf(name)]));
	return settledJobs({ services, decisions, containers: willRun, named });
}

const jobsBefore = ({ depends_on: needed = {} }: Service): readonly string[] =>
	Object.entries(needed).flatMap(([name, { condition }]) =>
		condition === 'service_completed_successfully' ? [name] : [],
	);

function startedBy(operation: Operation): string | undefined {
	if (operation.type !== 'container.start' && operation.type !== 'container.restart') return undefined;
	return 'id' in operation.container ? operation.container.id : undefined;
}

/** The plan without what it does to these containers. */
export function withoutContainers(plan: Plan, ids: ReadonlySet<string>): Plan {
	const isLeft = (operation: Operation): boolean =>
		'container' in operation && 'id' in operation.container && ids.has(operation.container.id);
	const dropped = new Set(plan.steps.flatMap(({ id, operation }) => (isLeft(operation) ? [id] : [])));
	const steps = plan.steps.filter(({ id }) => !dropped.has(id));
	return {
		...plan,
		steps: steps.map((step) => ({ ...step, dependsOn: step.dependsOn.filter((id) => !dropped.has(id)) })),
	};
}
