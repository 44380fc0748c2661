import type { ContainerState } from '../engine/container-api.ts';
import type { ObservedContainer } from './observed-state.ts';

const healthWords: Readonly<Record<string, NonNullable<ObservedContainer['health']>>> = {
	healthy: 'healthy',
	unhealthy: 'unhealthy',
	'health: starting': 'starting',
};

/** The health that the engine's list tells in words, `Up 3 minutes (healthy)`; undefined without a health check. */
export function parseHealth(status: string): ObservedContainer['health'] {
	const words = /^Up .*\(([^()]+)\)$/.exec(status)?.[1];
	return words === undefined ? undefined : healthWords[words];
}

/** The exit code in `Exited (137) 2 minutes ago`; undefined while the container runs or was never started. */
export function parseExitCode(state: ContainerState, status: string): number | undefined {
	if (state === 'running' || state === 'paused' || state === 'created') return undefined;
	const digits = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1];
	return digits === undefined ? undefined : Number(digits);
}
