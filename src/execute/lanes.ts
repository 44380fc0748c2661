import type { Project } from '../model/project.ts';
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
export function lanesOf(step: Step, project: Project | undefined, parallel: number | undefined): readonly Lane[] {
	const { operation } = step;
	if (operation.type === 'container.await') return [];
	const lanes: Lane[] = parallel === undefined ? [] : [{ name: 'all', limit: parallel }];
	const limit = limits[operation.type];
	if (limit !== undefined) lanes.push({ name: operation.type, limit });
	if (publishesRange(operation, project)) lanes.push({ name: 'port range', limit: 1 });
	return lanes;
}

/** Two containers that start together may be given the same port of a range: the engine picks without a lock. */
function publishesRange(operation: Operation, project: Project | undefined): boolean {
	if (operation.type !== 'container.start') return false;
	const ports = project?.services.get(operation.service)?.ports ?? [];
	return ports.some((port) => port.published?.includes('-') ?? false);
}
