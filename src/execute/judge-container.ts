import type { ContainerDetails } from '../engine/container-api.ts';
import type { AwaitCondition } from '../plan/plan.ts';

/**
 * What a look at a container means for who waits for it. `settling`: it runs and has no health check, so only time
 * tells whether it stays.
 */
export type Verdict = 'met' | 'waiting' | 'settling' | Failure;

export interface Failure {
	readonly problem: 'exited' | 'unhealthy' | 'no health check' | 'incomplete';
}

/** `restarting` and `created` are states on the way: the engine is not done with the container. */
export function judgeContainer(state: ContainerDetails['state'], condition: AwaitCondition): Verdict {
	return judges[condition](state);
}

type Judge = (state: ContainerDetails['state']) => Verdict;

const judges: Readonly<Record<AwaitCondition, Judge>> = {
	service_started: (state) => (state.status === 'created' ? 'waiting' : 'met'),
	service_healthy: (state) => judgeEnd(state) ?? judgeHealth(state) ?? { problem: 'no health check' },
	service_completed_successfully: (state) => {
		if (!hasEnded(state)) return 'waiting';
		return state.exitCode === 0 ? 'met' : { problem: 'incomplete' };
	},
	running_or_healthy: (state) =>
		judgeJob(state) ?? judgeEnd(state) ?? judgeHealth(state) ?? (state.running ? 'settling' : 'waiting'),
};

/** A job that has ended well is as ready as it will ever be. */
const judgeJob = (state: ContainerDetails['state']): Verdict | undefined =>
	state.status === 'exited' && state.exitCode === 0 ? 'met' : undefined;

function judgeEnd(state: ContainerDetails['state']): Verdict | undefined {
	if (hasEnded(state)) return { problem: 'exited' };
	return state.status === 'created' || state.status === 'restarting' ? 'waiting' : undefined;
}

const hasEnded = ({ status }: ContainerDetails['state']): boolean => status === 'exited' || status === 'dead';

function judgeHealth({ health }: ContainerDetails['state']): Verdict | undefined {
	if (health === undefined) return undefined;
	if (health === 'unhealthy') return { problem: 'unhealthy' };
	return health === 'healthy' ? 'met' : 'waiting';
}
