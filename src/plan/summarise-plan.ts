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

/** What comes of a step; the steps that put an old container away are part of its replacement. */
function outcomeOf(operation: Operation, steps: Plan['steps']): string | undefined {
	switch (operation.type) {
		case 'container.create':
			return operation.replaces === undefined ? 'container created' : 'container recreated';
		case 'container.start':
			return 'id' in operation.container ? 'container started' : undefined;
		case 'container.restart':
			return 'container restarted';
		case 'container.kill':
			return 'container killed';
		case 'container.pause':
			return 'container paused';
		case 'container.unpause':
			return 'container unpaused';
		case 'container.remove':
			return isReplaced(operation.container, steps) ? undefined : 'container removed';
		case 'image.pull':
			return 'image pulled';
		case 'image.build':
			return 'image built';
		case 'image.remove':
			return 'image removed';
		case 'network.create':
			return 'network created';
		case 'network.remove':
			return 'network removed';
		case 'volume.create':
			return 'volume created';
		case 'volume.remove':
			return 'volume removed';
		default:
			return undefined;
	}
}

const isReplaced = (container: object, steps: Plan['steps']): boolean =>
	'id' in container &&
	steps.some(({ operation }) => operation.type === 'container.create' && operation.replaces === container.id);
