import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Operation, Step } from '../plan/plan.ts';
import type { Lane } from './walk-steps.ts';

/**
 * How many operations of a kind run at a time where the user sets no limit. An engine starts about six containers a
 * second however many are asked for; with fewer than eight at a time its processors wait while one start or another
 * waits for the kernel. Pulls, and pushes, share one line out.
 */
const limits: Partial<Readonly<Record<Operation['type'], number>>> = {
	'container.create': 8,
	'container.start': 8,
	'image.pull': 4,
	'image.push': 4,
};

export interface LaneOptions {
	/** The user's own limit. */
	readonly parallel: number | undefined;
	/** Where it is known, it tells whose ports are ranges. */
	readonly project: Pick<Project, 'services'> | undefined;
}

/** The lanes of a step. Waiting costs the engine nothing and takes no place. */
export function lanesOf({ operation }: Step, { parallel, project }: LaneOptions): readonly Lane[] {
	if (operation.type === 'container.await') return [];
	const limit = limits[operation.type];
	return [
		...(parallel === undefined ? [] : [{ name: 'all', limit: parallel }]),
		...(limit === undefined ? [] : [{ name: operation.type, limit }]),
		...(operation.type === 'container.start' && picksPorts(project?.services.get(operation.service)) ? [portLane] : []),
	];
}

/** Two starts at a time may be given the same port out of a range, and one of them fails then. */
const portLane: Lane = { name: 'port range', limit: 1 };

const picksPorts = (service: Service | undefined): boolean =>
	service?.ports?.some(({ published }) => published?.includes('-')) ?? false;
