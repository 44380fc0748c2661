import type { ContainerState } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { type ListedContainers, observeContainers } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

export interface ListRequest {
	readonly projectName: string;
	/** Only containers of these services; all when empty. */
	readonly services: readonly string[];
	/** Stopped ones and one-offs too. */
	readonly all: boolean;
	/** Only these states; all when empty. */
	readonly states: readonly string[];
}

/** The containers of a project as the engine lists them: one call, no inspecting. Sorted by name. `listed`: that call's answer. */
export async function listContainers(
	engine: Pick<Engine, 'listContainers'>,
	{ projectName, services, all, states }: ListRequest,
	listed: ListedContainers = observeContainers(engine, projectName),
): Promise<readonly ObservedContainer[]> {
	const containers = await listed;
	return containers.filter(
		({ service, state, oneOff }) =>
			(services.length === 0 || services.includes(service)) &&
			(states.length === 0 || states.includes(state)) &&
			(all || (!oneOff && (states.length > 0 || countsAsUp(state)))),
	);
}

/** What docker counts as running. */
export const countsAsUp = (state: ContainerState): boolean =>
	state === 'running' || state === 'paused' || state === 'restarting';
