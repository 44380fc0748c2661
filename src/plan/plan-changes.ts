import { stepSubject } from './format-plan.ts';
import type { Operation, Step, StepId } from './plan.ts';

/** What a plan comes to for one resource, whatever number of steps that takes. */
export interface Change {
	readonly verb: Verb;
	/** The name that the resource has when all is done, as people know it. */
	readonly subject: string;
	readonly reasons: readonly string[];
	readonly destroysData: boolean;
}

/** In the order in which people read them: what comes first, what is made, what runs, what goes. */
const verbs = [
	'pull',
	'build',
	'push',
	'prepare model',
	'run provider',
	'recreate volume',
	'create volume',
	'recreate network',
	'create network',
	'recreate',
	'create',
	'restart',
	'start',
	'unpause',
	'rename',
	'connect',
	'disconnect',
	'copy',
	'run hook',
	'pause',
	'kill',
	'stop',
	'remove',
	'remove network',
	'remove volume',
	'remove image',
	'wait for',
] as const;

type Verb = (typeof verbs)[number];

/**
 * One change a resource, sorted by what happens. A mere wait is none, but for one that may well fail and one that
 * nothing in the plan begins: it is what was asked for.
 */
export function planChanges(steps: readonly Step[]): readonly Change[] {
	const created = new Map(steps.map((step) => [step.id, step]));
	const begins = steps.some(({ operation }) => beginning.has(operation.type));
	const told = steps.filter(({ operation }) => operation.type !== 'container.await' || operation.unhealthy || !begins);
	const groups = [...Map.groupBy(told, (step) => resourceOf(step, created)).values()];
	return groups.map(changeOf).sort((a, b) => verbs.indexOf(a.verb) - verbs.indexOf(b.verb));
}

const beginning: ReadonlySet<Operation['type']> = new Set([
	'container.create',
	'container.start',
	'container.restart',
	'container.unpause',
]);

/** The same text for all steps about one resource; a replacement is the same as what it replaces. */
function resourceOf({ id, operation }: Step, steps: ReadonlyMap<StepId, Step>): string {
	if (operation.type === 'container.create') return operation.replaces ?? `step ${id}`;
	if ('container' in operation) {
		const { container } = operation;
		if ('id' in container) return container.id;
		const maker = steps.get(container.createdBy);
		return maker === undefined ? `step ${id}` : resourceOf(maker, steps);
	}
	const [kind] = operation.type.split('.');
	return kind === 'network' || kind === 'volume' ? `${kind} ${stepSubject(operation)}` : `step ${id}`;
}

function changeOf(steps: readonly Step[]): Change {
	const ranked = steps.map((step) => ({ step, verb: verbOf(step.operation, steps) }));
	const [lead, ...rest] = ranked;
	if (lead === undefined) throw new RangeError('a group has at least one step');
	const { step, verb } = rest.reduce((a, b) => (weightOf(b.step) < weightOf(a.step) ? b : a), lead);
	return {
		verb,
		subject: subjectOf(step, steps),
		reasons: step.reasons,
		destroysData: steps.some(({ destroysData }) => destroysData),
	};
}

/** Of the steps about one resource, the first of these says what happens; the others lead to it. */
const deciding: readonly Operation['type'][] = [
	'container.create',
	'container.remove',
	'container.restart',
	'container.kill',
	'container.stop',
	'container.start',
	'container.unpause',
	'container.pause',
	'container.rename',
	'network.remove',
	'volume.remove',
];

function weightOf({ operation }: Step): number {
	const at = deciding.indexOf(operation.type);
	return at === -1 ? deciding.length : at;
}

function verbOf(operation: Operation, steps: readonly Step[]): Verb {
	const has = (type: Operation['type']): boolean => steps.some((step) => step.operation.type === type);
	switch (operation.type) {
		case 'container.create':
			return operation.replaces === undefined ? 'create' : 'recreate';
		case 'container.stop':
			return has('container.start') ? 'restart' : 'stop';
		case 'network.remove':
			return has('network.create') ? 'recreate network' : 'remove network';
		case 'volume.remove':
			return has('volume.create') ? 'recreate volume' : 'remove volume';
		default:
			return ownVerbs[operation.type];
	}
}

type Undecided = 'container.create' | 'container.stop' | 'network.remove' | 'volume.remove';

const ownVerbs: Readonly<Record<Exclude<Operation['type'], Undecided>, Verb>> = {
	'image.pull': 'pull',
	'image.build': 'build',
	'image.push': 'push',
	'image.remove': 'remove image',
	'model.prepare': 'prepare model',
	'provider.run': 'run provider',
	'network.create': 'create network',
	'network.connect': 'connect',
	'network.disconnect': 'disconnect',
	'volume.create': 'create volume',
	'container.start': 'start',
	'container.restart': 'restart',
	'container.kill': 'kill',
	'container.pause': 'pause',
	'container.unpause': 'unpause',
	'container.rename': 'rename',
	'container.remove': 'remove',
	'container.copy': 'copy',
	'container.exec': 'run hook',
	'container.await': 'wait for',
};

/** A replacement is made under a name that it has for a moment only. */
function subjectOf({ id, operation }: Step, steps: readonly Step[]): string {
	if (operation.type !== 'container.create') return stepSubject(operation);
	for (const { operation: other } of steps) {
		if (other.type !== 'container.rename' || !('createdBy' in other.container)) continue;
		if (other.container.createdBy === id) return other.to;
	}
	return operation.spec.name;
}
