import type { Operation, Step } from '../plan/plan.ts';
import type { Lane } from './walk-steps.ts';

/**
 * How many operations of a kind run at a time where the user sets no limit. An engine starts about six containers a
 * second however many are asked for, and is busy with four; pulls share one line out.
 */
const limits: Partial<Readonly<Record<Operation['type'], number>>> = {
	'container.create': 8,
	'container.start': 4,
	'image.pull': 4,
};

/** The lanes of a step. Waiting costs the engine nothing and takes no place. */
export function lanesOf({ operation }: Step, parallel: number | undefined): readonly Lane[] {
	if (operation.type === 'container.await') return [];
	const limit = limits[operation.type];
	return [
		...(parallel === undefined ? [] : [{ name: 'all', limit: parallel }]),
		...(limit === undefined ? [] : [{ name: operation.type, limit }]),
	];
}
