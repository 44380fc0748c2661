import { serviceWithoutContainer } from '../errors/unknown-service.ts';
import type { Service } from '../model/service.ts';
import type { Plan } from '../plan/plan.ts';
import { servicesOfLabels } from '../plan/services-of-labels.ts';
import { observeContainers } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { type Application, applyPlan } from './apply-plan.ts';
import { withGpusOf } from './hold-gpus.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

/** What a command over existing containers plans from. */
export interface KnownContainers {
	/** The file's services; without a file what the containers' labels tell of them. */
	readonly services: ReadonlyMap<string, Service>;
	/** One-offs too. */
	readonly containers: readonly ObservedContainer[];
}

export interface ContainerChange extends Pick<Application, 'nothingToDo' | 'waitTimeoutSeconds'> {
	/** Services the command names that must be there. */
	readonly needed?: readonly string[] | undefined;
	plan(known: KnownContainers): Plan | Promise<Plan>;
}

/** Does something to the containers that a project has. One list call tells all that is needed to plan it. */
export async function changeContainers(
	{ name, project }: ProjectTarget,
	tools: RunTools,
	{ plan, needed = [], ...application }: ContainerChange,
): Promise<void> {
	let containers: readonly ObservedContainer[] = [];
	const makePlan = async (): Promise<Plan> => {
		containers = await observeContainers(tools.engine, name);
		const services = project?.services ?? servicesOfLabels(containers);
		const missing = project === undefined ? needed.find((service) => !services.has(service)) : undefined;
		if (missing !== undefined) throw serviceWithoutContainer(missing, name);
		return plan({ services, containers });
	};
	await applyPlan(makePlan, tools, {
		...application,
		project,
		projectName: name,
		before: () => containers,
		around: (seen, locked, work) =>
			withGpusOf(seen, { tools: locked, containers, projectName: name, project, named: needed }, work),
	});
}
