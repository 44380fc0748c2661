import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { decideService } from './decide-service.ts';
import { decideVolumes, goneWithVolumes } from './decide-volumes.ts';
import type { Declared } from './declared.ts';
import { warnOfDevices } from './device-words.ts';
import { projectHashForm } from './hash-form.ts';
import { hookLeftovers } from './hook-leftovers.ts';
import { importImageSteps } from './pending-images.ts';
import type { Plan } from './plan.ts';
import { planReadiness } from './plan-awaits.ts';
import { planBuilder } from './plan-builder.ts';
import { planGpus } from './plan-gpus.ts';
import { planNetworks, planReturn } from './plan-networks.ts';
import { planOrphans } from './plan-orphans.ts';
import { planService } from './plan-service.ts';
import { planVolumes } from './plan-volumes.ts';
import { requireExternals } from './require-externals.ts';
import { checkFiles } from './require-files.ts';
import { selectServices, withContainers } from './select-services.ts';
import type { DecisionInput, ServiceDecision } from './service-decision.ts';
import { stopsOf } from './stops.ts';
import type { ServiceOutcome, UpContext } from './up-context.ts';
import type { UpOptions } from './up-options.ts';

/**
 * Everything that `up` does to the engine but for images, in order. Pure: the same project, state and options give
 * the same plan. Throws where no plan can succeed, before anything was done.
 */
export function planUp(project: Project, state: ObservedState, options: UpOptions = {}): Plan {
	return planServices(selectServices(project, options), { project, state, options }).plan.build();
}

interface UpInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	/** A service of which one container is made besides: its networks, volumes and GPUs are needed too. */
	readonly also?: Declared;
}

/** Plans the services, which must hold their dependencies first, and what they use. */
export function planServices(selected: ReadonlyMap<string, Service>, input: UpInput): UpContext {
	const { state, options } = input;
	const made = withContainers(selected).map(([, service]) => service);
	const keys = resourceKeys([...made, ...(input.also === undefined ? [] : [input.also.service])], input.project);
	requireExternals(keys, input);
	const plan = planBuilder();
	const images = importImageSteps(options.pendingImages, input.project, plan);
	const recreated = decideVolumes(keys.volumes, { ...input, selected });
	const gone = goneWithVolumes(recreated);
	const decided = decide(selected, { ...input, pending: images.words, gone });
	const { decisions, grants, givers } = planGpus(selected, decided, { ...input, oneOff: input.also, plan, gone });
	warnOfDevices(selected, decisions, { also: input.also, plan });
	checkFiles(selected, decisions, { ...input, plan });
	const stops = stopsOf(plan, { timeoutSeconds: options.stopTimeoutSeconds, services: input.project.services });
	const hashForm = projectHashForm(input.project, state, options.hashForm);
	const hooks = hookLeftovers(plan, state);
	const base = { ...input, plan, stops, hooks, gone, decisions, grants, givers, hashForm };
	const networks = planNetworks(keys.networks, base);
	const orphans = planOrphans(base);
	const volumes = planVolumes(keys.volumes, { ...base, recreated, orphans });
	const removed = new Map([...orphans, ...volumes.removed]);
	const { ready: networksReady, reconnected } = networks;
	const ready = { networks: networksReady, volumes: volumes.ready, images: images.steps, reconnected, removed };
	const outcomes = new Map<string, ServiceOutcome>();
	const context: UpContext = {
		...base,
		selected,
		ready,
		pending: images.words,
		outcomes,
		rangeStarts: [],
		asides: new Map(),
		awaits: new Map(),
		preStarts: new Map(),
	};
	for (const [name, service] of selected) {
		const decision = decisions.get(name);
		if (decision !== undefined) outcomes.set(name, planService({ name, service }, decision, context));
	}
	planReturn(networks.reconnected, context);
	if (options.wait && options.start !== false) planReadiness(context);
	return context;
}

/** Dependencies are decided first: their containers may be shared. */
function decide(
	selected: ReadonlyMap<string, Service>,
	input: Omit<DecisionInput, 'decisions'>,
): ReadonlyMap<string, ServiceDecision> {
	const decisions = new Map<string, ServiceDecision>();
	for (const [name, service] of selected) decisions.set(name, decideService(name, service, { ...input, decisions }));
	return decisions;
}

interface ResourceKeys {
	readonly networks: readonly string[];
	readonly volumes: readonly string[];
}

/** The networks and volumes that the services use, or all of the project's where that was asked for, in key order. */
function resourceKeys(services: readonly Service[], { makesAllResources, networks, volumes }: Project): ResourceKeys {
	if (makesAllResources) return { networks: [...networks.keys()].sort(), volumes: [...volumes.keys()].sort() };
	const mounts = services.flatMap((service) => service.volumes ?? []);
	const sources = mounts.flatMap(({ type, source }) => (type === 'volume' && source !== undefined ? [source] : []));
	return {
		networks: [...new Set(services.flatMap((service) => Object.keys(service.networks ?? {})))].sort(),
		volumes: [...new Set(sources)].sort(),
	};
}
