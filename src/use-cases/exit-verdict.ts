import type { Project } from '../model/project.ts';
import type { ContainerExit } from './follow-logs-request.ts';

/** Which container's end ends all of them, and with what status. */
export interface ExitRules {
	/** When a container that ends ends all of them. */
	readonly stopOn: 'exit' | 'failure' | undefined;
	/** The service whose exit status is the command's. */
	readonly exitCodeFrom: string | undefined;
}

export interface ExitVerdict {
	take(exit: ContainerExit): void;
	/** Everything is up: what has ended until then counts from now on. */
	settle(): void;
	/** Of the service that was asked for, else of the container that ended all of them. */
	status(): number;
}

/** Calls `onEnd` when a container has ended that ends all of them, never before everything is up. */
export function judgeExits(project: Pick<Project, 'services'>, rules: ExitRules, onEnd: () => void): ExitVerdict {
	const exits: ContainerExit[] = [];
	const awaited = awaitedJobs(project);
	let isUp = false;
	const decisive = (): ContainerExit | undefined => exits.find((exit) => isDecisive(exit, rules, awaited));
	const judge = (): void => {
		if (isUp && decisive() !== undefined) onEnd();
	};
	return {
		take(exit) {
			exits.push(exit);
			judge();
		},
		settle() {
			isUp = true;
			judge();
		},
		status: () => (exits.findLast(({ service }) => service === rules.exitCodeFrom) ?? decisive())?.exitCode ?? 0,
	};
}

/** Jobs that others wait for: their good end is a beginning. */
const awaitedJobs = ({ services }: Pick<Project, 'services'>): ReadonlySet<string> =>
	new Set(
		[...services.values()].flatMap(({ depends_on = {} }) =>
			Object.entries(depends_on)
				.filter(([, { condition }]) => condition === 'service_completed_successfully')
				.map(([name]) => name),
		),
	);

/** A container that its engine starts again has not ended. */
function isDecisive(
	{ restarting, exitCode, service }: ContainerExit,
	{ stopOn, exitCodeFrom }: ExitRules,
	awaited: ReadonlySet<string>,
): boolean {
	if (restarting || (exitCode === 0 && awaited.has(service))) return false;
	return stopOn === 'failure' ? exitCode !== 0 : stopOn === 'exit' || exitCodeFrom !== undefined;
}
