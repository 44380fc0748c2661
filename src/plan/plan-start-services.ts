import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addStart } from './add-start.ts';
import { hasPortRange } from './host-ports.ts';
import type { AwaitCondition, Plan, StepId } from './plan.ts';
import { type AwaitedOutcome, planConditions, planReadiness } from './plan-awaits.ts';
import { type PlanBuilder, planBuilder } from './plan-builder.ts';
import { needsStart, startReason } from './plan-service.ts';
import { replicasOf } from './select-services.ts';
import { addSharerRestart, runningSharersOf } from './sharers.ts';

export interface StartOptions {
	/** Wait until every service runs, or is healthy where it has a health check. */
	readonly wait?: boolean;
	/** Nobody knows which services have ranges of host ports, so that all are started as if they had. */
	readonly withoutFile?: boolean;
	/** What declares the secrets and configs that are written into a container before it starts. */
	readonly declared?: Pick<Project, 'secrets' | 'configs'> | undefined;
	/** All services: those that share a namespace of what is started are restarted, named or not. */
	readonly allServices?: ReadonlyMap<string, Service>;
}

interface StartContext {
	readonly selected: ReadonlyMap<string, Service>;
	readonly containers: readonly ObservedContainer[];
	readonly plan: PlanBuilder;
	readonly withoutFile: boolean;
	readonly declared: StartOptions['declared'];
	readonly allServices: ReadonlyMap<string, Service>;
	readonly options: object;
	readonly outcomes: Map<string, AwaitedOutcome>;
	readonly awaits: Map<string, StepId>;
}

/**
 * Starts the containers that the services have, each once its dependencies are as it asks. `selected` holds the
 * dependencies too, before what needs them. Throws where a service has no container that others wait for.
 */
export function planStartServices(
	selected: ReadonlyMap<string, Service>,
	all: readonly ObservedContainer[],
	{ wait = false, withoutFile = false, declared, allServices = selected }: StartOptions = {},
): Plan {
	const plan = planBuilder();
	const containers = all.filter(({ oneOff }) => !oneOff);
	const lists = { outcomes: new Map(), awaits: new Map() };
	const context = { selected, containers, plan, withoutFile, declared, allServices, options: {}, ...lists };
	requireContainers(context);
	for (const [name, service] of selected) {
		requireDependencies(name, service, context);
		context.outcomes.set(name, startService(name, service, context));
	}
	if (wait) planReadiness(context);
	return plan.build();
}

/** Starts of one service go one by one where the engine may have to choose a host port for each. */
function startService(name: string, service: Service, context: StartContext): AwaitedOutcome {
	const { plan } = context;
	const own = containersOf(name, context);
	const conditions = planConditions(service, context);
	const started: StepId[] = [];
	let gate: StepId | undefined;
	for (const container of own.filter(needsStart)) {
		const request = {
			container: { name: container.name, id: container.id },
			name,
			service,
			project: context.declared,
			reasons: startReason(container),
			after: [...conditions, gate],
		};
		const step = addStart(plan, request);
		if (context.withoutFile || hasPortRange(service)) gate = step.started;
		started.push(step.ready);
		restartSharers(container, step.ready, context);
	}
	return {
		containers: own.map(({ id, name: containerName }) => ({ name: containerName, id })),
		started,
		untouched: own.filter((container) => !needsStart(container)),
	};
}

/** docker compose leaves them in a namespace that nobody serves any more. */
function restartSharers(container: ObservedContainer, after: StepId, context: StartContext): void {
	for (const sharer of runningSharersOf(container, context.allServices, context.containers)) {
		const restarted = addSharerRestart(sharer, container, { plan: context.plan, started: after });
		if (restarted !== undefined) restartSharers(sharer, restarted, context);
	}
}

const containersOf = (service: string, { containers }: StartContext): readonly ObservedContainer[] =>
	containers.filter((container) => container.service === service);

/** Like docker compose, only a project without any container is a failure; elsewhere a gap is worth a warning. */
function requireContainers(context: StartContext): void {
	for (const [name, service] of context.selected) {
		if (containersOf(name, context).length > 0 || replicasOf(name, service) === 0) continue;
		const message = `service \`${name}\` has no container to start`;
		const hint = `Make it with \`labc compose up -d ${name}\`.`;
		if (context.containers.length === 0) throw new LabcError('CONTAINER_MISSING', message, { hint });
		context.plan.warn({ severity: 'warning', code: 'CONTAINER_MISSING', message, hint });
	}
}

const awaited: readonly AwaitCondition[] = ['service_healthy', 'service_completed_successfully'];

/** What a service waits for must be there, or it would wait for nothing. */
function requireDependencies(name: string, service: Service, context: StartContext): void {
	for (const [needed, { condition, required }] of Object.entries(service.depends_on ?? {})) {
		const declared = context.selected.get(needed);
		if (declared === undefined || !awaited.includes(condition) || replicasOf(needed, declared) === 0) continue;
		if (!required || containersOf(needed, context).length > 0) continue;
		throw new LabcError('CONTAINER_MISSING', `${name} is missing dependency ${needed}, which has no container`, {
			hint: `Make it with \`labc compose up -d ${needed}\`.`,
		});
	}
}
