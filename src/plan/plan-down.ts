import type { DependencyGraph } from '../model/dependency-graph.ts';
import {
	dependencyClosure,
	dependencyGraphOf,
	dependencyOrder,
	reverseDependencies,
} from '../model/dependency-graph.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { isAnonymousVolume } from './anonymous-volume.ts';
import { planImageRemovals } from './down-images.ts';
import {
	type DownContext,
	type DownState,
	downReason,
	planNetworkRemovals,
	planVolumeRemovals,
} from './down-resources.ts';
import { removalOf } from './hook-leftovers.ts';
import type { Plan, StepId } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { orphansOf } from './plan-orphans.ts';
import { requireService } from './select-services.ts';
import { servicesOfLabels } from './services-of-labels.ts';
import { stopsOf } from './stops.ts';

export interface DownOptions {
	/** Services the command names; none: all. */
	readonly services?: readonly string[];
	readonly removeOrphans?: boolean;
	/** Remove named and anonymous volumes too. */
	readonly volumes?: boolean;
	/** Images to remove: those that were built for the project, or all. */
	readonly images?: 'local' | 'all' | undefined;
	readonly stopTimeoutSeconds?: number | undefined;
}

/**
 * Takes the project down, dependents before what they depend on. Without the project's file its containers' labels
 * tell what depends on what. Nothing external and nothing of another project is touched.
 */
export function planDown(
	project: Project | undefined,
	projectName: string,
	state: DownState,
	options: DownOptions = {},
): Plan {
	const plan = planBuilder();
	const stops = stopsOf(plan, { timeoutSeconds: options.stopTimeoutSeconds, services: project?.services });
	const context = { project, projectName, state, options, plan, stops };
	const services = project?.services ?? servicesOfLabels(state.containers);
	const graph = dependencyGraphOf(services);
	const chosen = chooseContainers(services, graph, context);
	const removed = planContainers(chosen, graph, context);
	const left = state.containers.filter((container) => !removed.has(container.id));
	planNetworkRemovals(left, removed, context);
	if (options.volumes) planVolumeRemovals(left, removed, context);
	const { images, removeOrphans: orphans = false } = options;
	if (images !== undefined) planImageRemovals(removed, { images, services, orphans }, context);
	return plan.build();
}

type Context = DownContext & { readonly options: DownOptions };

function chooseContainers(
	known: ReadonlyMap<string, Service>,
	graph: DependencyGraph,
	{ project, state, options }: Context,
): readonly ObservedContainer[] {
	const { services = [], removeOrphans = false } = options;
	if (project !== undefined) for (const name of services) requireService(project, name);
	const named = project === undefined ? dependencyClosure(reverseDependencies(graph), services) : new Set(services);
	const file = project ?? { services: known, disabledServices: new Map() };
	const orphans = new Set(removeOrphans ? orphansOf(file, state) : []);
	return state.containers.filter((container) => {
		if (orphans.has(container)) return true;
		if (container.oneOff && !removeOrphans) return false;
		return services.length === 0 ? graph.has(container.service) : named.has(container.service);
	});
}

const isMeant = (service: string, { services = [] }: DownOptions): boolean =>
	services.length === 0 || services.includes(service);

/** Removes what a service has beside its containers: those of its hooks, and what another program provides. */
function planOthers(
	service: string,
	after: readonly StepId[],
	{ plan, project, state, options }: Pick<Context, 'plan' | 'project' | 'state' | 'options'>,
): readonly StepId[] {
	const declared = isMeant(service, options) ? project?.services.get(service) : undefined;
	if (project === undefined || declared === undefined) return [];
	const { provider } = declared;
	const left = (state.hookContainers ?? []).filter(({ labels }) => labels[label.service] === service);
	const removals = left.map((one) => plan.add(removalOf(one), 'a hook that failed is kept until now', { after }));
	if (provider === undefined) return removals;
	return [...removals, plan.add({ type: 'provider.run', service, provider, verb: 'down' }, downReason, { after })];
}

/** Adds the stops and removals; gives the removal of each container by its id. */
function planContainers(
	chosen: readonly ObservedContainer[],
	graph: DependencyGraph,
	{ plan, stops, options, project, state }: Context,
): ReadonlyMap<string, StepId> {
	const reason = downReason;
	/** No time to stop in is one call less: a forced removal kills. Hooks run all the same. */
	const mayKill = (name: string): boolean =>
		options.stopTimeoutSeconds === 0 && (project?.services.get(name)?.pre_stop ?? []).length === 0;
	const dependents = reverseDependencies(graph);
	const order = [...dependencyOrder(graph)].reverse();
	const strangers = chosen.map(({ service }) => service).filter((service) => !graph.has(service));
	const removed = new Map<string, StepId>();
	const byService = new Map<string, StepId[]>();
	for (const service of [...new Set(strangers), ...order]) {
		const after = (dependents.get(service) ?? []).flatMap((name) => byService.get(name) ?? []);
		const steps = chosen
			.filter((container) => container.service === service)
			.map((container) => {
				const volumes = options.volumes === true;
				const { name, id } = container;
				const step = plan.add(
					{ type: 'container.remove', service, container: { name, id }, force: true, volumes },
					reason,
					{
						after: [mayKill(service) ? undefined : stops.ensure(container, reason, after), ...after],
						destroysData: volumes && container.mounts.some(isAnonymousVolume),
					},
				);
				removed.set(id, step);
				return step;
			});
		const ended = [...steps, ...planOthers(service, after, { plan, project, state, options })];
		byService.set(service, ended.length > 0 ? ended : after);
	}
	return removed;
}
