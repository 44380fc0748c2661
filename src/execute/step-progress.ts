import type { EventResource, StepInfo } from '../events/event.ts';
import type { Operation, Step, StepId } from '../plan/plan.ts';

/**
 * How a step is told. The steps that replace one container are told as one: `Recreate`, then `Recreated` when the new
 * one has the name; putting the old one away is nobody's business.
 */
export interface StepProgress {
	readonly info: StepInfo;
	/** Whether what is told is over when the step is done. */
	readonly ends: boolean;
}

export function describeSteps(steps: readonly Step[]): ReadonlyMap<StepId, StepProgress> {
	const replacements = findReplacements(steps);
	const progress = new Map<StepId, StepProgress>();
	for (const step of steps) {
		const replacement = replacements.get(step.id);
		progress.set(step.id, replacement ?? { info: describeStep(step), ends: true });
	}
	return progress;
}

/** Each step as one of its own. */
export const describeEach = (steps: readonly Step[]): ReadonlyMap<StepId, StepProgress> =>
	new Map(steps.map((step) => [step.id, { info: describeStep(step), ends: true }]));

/** A step in docker compose's words. */
export function describeStep({ id, operation }: Step): StepInfo {
	const [doing, done] = wordsOf(operation);
	return { id: String(id), resource: resourceOf(operation), doing, done };
}

function findReplacements(steps: readonly Step[]): ReadonlyMap<StepId, StepProgress> {
	const byStep = new Map<StepId, StepProgress>();
	for (const members of groupByReplacement(steps)) {
		const [first] = members;
		if (first === undefined) continue;
		const named = members.find(({ operation }) => finalNameOf(operation) !== undefined);
		const last = named ?? members.at(-1);
		const name = (named && finalNameOf(named.operation)) ?? describeStep(first).resource.name;
		const info: StepInfo = {
			id: String(first.id),
			resource: { kind: 'Container', name },
			doing: 'Recreate',
			done: 'Recreated',
		};
		for (const step of members) byStep.set(step.id, { info, ends: step === last });
	}
	return byStep;
}

/** The steps that make a container, put away the one it replaces and give it its name, per replaced container. */
function groupByReplacement(steps: readonly Step[]): readonly (readonly Step[])[] {
	const replacedId = new Map<StepId, string>();
	const groups = new Map<string, Step[]>();
	for (const { id, operation } of steps) {
		if (operation.type !== 'container.create' || operation.replaces === undefined) continue;
		replacedId.set(id, operation.replaces);
		groups.set(operation.replaces, []);
	}
	for (const step of steps) {
		const id = replacedBy(step, replacedId);
		if (id !== undefined) groups.get(id)?.push(step);
	}
	return [...groups.values()];
}

function replacedBy({ operation }: Step, replacedId: ReadonlyMap<StepId, string>): string | undefined {
	switch (operation.type) {
		case 'container.create':
			return operation.replaces;
		case 'container.stop':
		case 'container.rename':
		case 'container.remove':
			return 'id' in operation.container ? operation.container.id : replacedId.get(operation.container.createdBy);
		default:
			return undefined;
	}
}

/** The name the new container is given at the end; the file and the user know it by that. */
const finalNameOf = (operation: Operation): string | undefined =>
	operation.type === 'container.rename' && 'createdBy' in operation.container ? operation.to : undefined;

function wordsOf(operation: Operation): readonly [doing: string, done: string] {
	if (operation.type === 'container.await') return waitingWords[operation.condition];
	if (operation.type === 'provider.run') return providerWords[operation.verb];
	return operation.type === 'container.exec' ? hookWords[operation.phase] : words[operation.type];
}

type WithOwnWords = 'container.await' | 'container.exec' | 'provider.run';

const words: Readonly<Record<Exclude<Operation['type'], WithOwnWords>, readonly [string, string]>> = {
	'image.pull': ['Pulling', 'Pulled'],
	'image.build': ['Building', 'Built'],
	'image.push': ['Pushing', 'Pushed'],
	'image.remove': ['Removing', 'Removed'],
	'network.create': ['Creating', 'Created'],
	'network.remove': ['Removing', 'Removed'],
	'network.connect': ['Connecting', 'Connected'],
	'network.disconnect': ['Disconnecting', 'Disconnected'],
	'volume.create': ['Creating', 'Created'],
	'volume.remove': ['Removing', 'Removed'],
	'container.create': ['Creating', 'Created'],
	'container.start': ['Starting', 'Started'],
	'container.stop': ['Stopping', 'Stopped'],
	'container.restart': ['Restarting', 'Started'],
	'container.kill': ['Killing', 'Killed'],
	'container.pause': ['Pausing', 'Paused'],
	'container.unpause': ['Unpausing', 'Unpaused'],
	'container.rename': ['Renaming', 'Renamed'],
	'container.remove': ['Removing', 'Removed'],
	'container.copy': ['Copying', 'Copied'],
	'model.prepare': ['Configuring', 'Configured'],
};

const providerWords = {
	up: ['Creating', 'Created'],
	down: ['Removing', 'Removed'],
	stop: ['Stopping', 'Stopped'],
} as const;

const hookWords = {
	post_start: ['Running post_start hook', 'Ran post_start hook'],
	pre_stop: ['Running pre_stop hook', 'Ran pre_stop hook'],
} as const;

const waitingWords = {
	service_started: ['Waiting', 'Started'],
	service_healthy: ['Waiting', 'Healthy'],
	service_completed_successfully: ['Waiting', 'Exited'],
	running_or_healthy: ['Waiting', 'Healthy'],
} as const;

function resourceOf(operation: Operation): EventResource {
	switch (operation.type) {
		case 'image.pull':
		case 'image.push':
		case 'image.remove':
			return { kind: 'Image', name: operation.image };
		case 'image.build':
			return { kind: 'Service', name: operation.services.join(', ') };
		case 'provider.run':
			return { kind: 'Service', name: operation.service };
		case 'model.prepare':
			return { kind: 'Model', name: operation.models.map(({ model }) => model).join(', ') };
		case 'network.create':
			return { kind: 'Network', name: operation.network.name };
		case 'volume.create':
			return { kind: 'Volume', name: operation.volume.name };
		case 'network.remove':
			return { kind: 'Network', name: operation.name };
		case 'volume.remove':
			return { kind: 'Volume', name: operation.name };
		case 'container.create':
			return { kind: 'Container', name: operation.spec.name };
		case 'container.await':
			return { kind: 'Container', name: operation.containers.map(({ name }) => name).join(', ') };
		default:
			return { kind: 'Container', name: operation.container.name };
	}
}
