import {
	dependencyClosure,
	dependencyGraphOf,
	dependencyOrder,
	reverseDependencies,
} from '../model/dependency-graph.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Plan, StepId } from './plan.ts';
import { type AwaitedOutcome, planConditions } from './plan-awaits.ts';
import { type PlanBuilder, planBuilder } from './plan-builder.ts';
import { addHooks } from './plan-hooks.ts';

export interface RestartOptions {
	/** Services to restart; none: all. */
	readonly services?: readonly string[];
	/** Leave those alone that ask with `restart: true` to be restarted after a named one. */
	readonly noDeps?: boolean;
	readonly timeoutSeconds?: number | undefined;
}

interface RestartContext {
	readonly plan: PlanBuilder;
	readonly containers: readonly ObservedContainer[];
	readonly timeoutSeconds: number | undefined;
	readonly options: object;
	readonly outcomes: Map<string, AwaitedOutcome>;
	readonly awaits: Map<string, StepId>;
}

/**
 * Restarts the services' containers, also those that do not run. Who asks for it with `restart: true` comes along, once
 * what it depends on has been restarted and is as it asks. One-offs stay as they are.
 */
export function planRestart(
	services: ReadonlyMap<string, Service>,
	all: readonly ObservedContainer[],
	{ services: named = [], noDeps = false, timeoutSeconds }: RestartOptions,
): Plan {
	const plan = planBuilder();
	const containers = all.filter(({ oneOff }) => !oneOff);
	const context = { plan, containers, timeoutSeconds, options: {}, outcomes: new Map(), awaits: new Map() };
	for (const [name, service] of chooseServices(services, named, noDeps)) {
		context.outcomes.set(name, restartService(name, service, context));
	}
	return plan.build();
}

/** The named services and who is restarted with them, dependencies first; each keeps only the dependencies that matter. */
function chooseServices(
	services: ReadonlyMap<string, Service>,
	named: readonly string[],
	noDeps: boolean,
): ReadonlyMap<string, Service> {
	const linked = new Map([...services].map(([name, service]) => [name, withRestartingDependencies(service)]));
	const graph = dependencyGraphOf(linked);
	const chosen = noDeps ? new Set(named) : dependencyClosure(reverseDependencies(graph), named);
	return new Map(
		dependencyOrder(graph).flatMap((name) => {
			const service = linked.get(name);
			return service !== undefined && (named.length === 0 || chosen.has(name)) ? [[name, service] as const] : [];
		}),
	);
}

function withRestartingDependencies(service: Service): Service {
	const kept = Object.entries(service.depends_on ?? {}).filter(([, { restart }]) => restart === true);
	return { ...service, depends_on: Object.fromEntries(kept) };
}

function restartService(name: string, service: Service, context: RestartContext): AwaitedOutcome {
	const own = context.containers.filter((container) => container.service === name);
	const conditions = planConditions(service, context);
	const reason = conditions.length === 0 ? 'restarted by the user' : 'what it depends on is restarted';
	return {
		containers: own.map(({ id, name: containerName }) => ({ name: containerName, id })),
		started: own.map((container) => restartContainer(container, { name, service, after: conditions, reason }, context)),
		untouched: [],
	};
}

interface RestartRequest {
	readonly name: string;
	readonly service: Service;
	readonly after: readonly StepId[];
	readonly reason: string;
}

/** Hooks stand around a restart as they stand around a stop and a start. Gives the step after which all is done. */
function restartContainer(
	{ id, name: containerName, state }: ObservedContainer,
	{ name, service, after, reason }: RestartRequest,
	{ plan, timeoutSeconds }: RestartContext,
): StepId {
	const container = { name: containerName, id };
	const hooks = { container, name, service };
	const prepared = state === 'running' ? addHooks(plan, 'pre_stop', { ...hooks, after }) : undefined;
	const restarted = plan.add(
		{
			type: 'container.restart',
			service: name,
			container,
			...(timeoutSeconds !== undefined && { timeoutSeconds }),
		},
		reason,
		{ after: [...after, prepared] },
	);
	return addHooks(plan, 'post_start', { ...hooks, after: [restarted] }) ?? restarted;
}
