import type { Operation, Plan } from './plan.ts';

/** The plan in one line: `5 steps: 1 container created, 1 recreated; no data is destroyed`. */
export function summarisePlan({ steps }: Plan): string {
	const counts = new Map<string, number>();
	for (const { operation } of steps) {
		const what = outcomeOf(operation, steps);
		if (what !== undefined) counts.set(what, (counts.get(what) ?? 0) + 1);
	}
	const destroying = steps.filter(({ destroysData }) => destroysData).length;
	const outcomes = [...counts].map(([what, count]) => counted(count, what));
	const data =
		destroying === 0
			? 'no data is destroyed'
			: `${counted(destroying, 'step')} destroy${destroying === 1 ? 's' : ''} data`;
	return `${counted(steps.length, 'step')}: ${[outcomes.join(', '), data].filter((part) => part !== '').join('; ')}`;
}

const counted = (count: number, what: string): string => {
	const [noun = '', ...rest] = what.split(' ');
	return [count, count === 1 ? noun : `${noun}s`, ...rest].join(' ');
};

/** What comes of a step; what leads to a container's replacement, removal or creation is part of that. */
function outcomeOf(operation: Operation, steps: Plan['steps']): string | undefined {
	switch (operation.type) {
		case 'container.create':
			return operation.replaces === undefined ? 'container created' : 'container recreated';
		case 'container.remove':
			return isReplaced(operation.container, steps) ? undefined : 'container removed';
		case 'container.stop':
		case 'container.rename':
			return isPutAway(operation.container, steps) ? undefined : existing(operation, outcomes[operation.type]);
		case 'container.start':
		case 'network.connect':
		case 'network.disconnect':
			return existing(operation, outcomes[operation.type]);
		case 'provider.run':
			return providerOutcomes[operation.verb];
		default:
			return outcomes[operation.type];
	}
}

type WithOwnOutcome = 'container.create' | 'container.remove' | 'provider.run';

const outcomes: Readonly<Record<Exclude<Operation['type'], WithOwnOutcome>, string>> = {
	'image.pull': 'image pulled',
	'image.build': 'image built',
	'image.push': 'image pushed',
	'image.remove': 'image removed',
	'network.create': 'network created',
	'network.remove': 'network removed',
	'network.connect': 'network connected',
	'network.disconnect': 'network disconnected',
	'volume.create': 'volume created',
	'volume.remove': 'volume removed',
	'container.start': 'container started',
	'container.stop': 'container stopped',
	'container.restart': 'container restarted',
	'container.kill': 'container killed',
	'container.pause': 'container paused',
	'container.unpause': 'container unpaused',
	'container.rename': 'container renamed',
	'container.copy': 'container given files',
	'container.exec': 'hook run',
	'container.await': 'service awaited',
	'model.prepare': 'model configured',
};

const providerOutcomes = {
	up: 'service provided',
	stop: 'service stopped',
	down: 'service removed',
} as const;

interface OnContainer {
	readonly container: object;
}

/** What is done to a container that the plan makes is part of making it. */
const existing = ({ container }: OnContainer, outcome: string): string | undefined =>
	'id' in container ? outcome : undefined;

const isReplaced = (container: object, steps: Plan['steps']): boolean =>
	'id' in container &&
	steps.some(({ operation }) => operation.type === 'container.create' && operation.replaces === container.id);

const isPutAway = (container: object, steps: Plan['steps']): boolean =>
	isReplaced(container, steps) ||
	('id' in container && steps.some(({ operation }) => removes(operation, container.id)));

const removes = (operation: Operation, id: unknown): boolean =>
	operation.type === 'container.remove' && 'id' in operation.container && operation.container.id === id;
