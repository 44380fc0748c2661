import type { ContainerStats } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { unlessGone } from '../state/unless-gone.ts';
import { listContainers } from './list-containers.ts';

/** What one container takes of the machine. */
export interface MeasuredContainer extends ContainerStats {
	readonly id: string;
	readonly name: string;
}

export interface MeasureRequest {
	readonly projectName: string;
	readonly services: readonly string[];
	/** Stopped ones and one-offs too. */
	readonly all: boolean;
	readonly signal: AbortSignal;
}

/** One look at all of them at the same time; the engine takes about a second for it. */
export async function measureContainers(
	engine: Pick<Engine, 'listContainers' | 'containerStats'>,
	{ signal, ...request }: MeasureRequest,
): Promise<readonly MeasuredContainer[]> {
	const containers = await listContainers(engine, { ...request, states: [] });
	const measured = await Promise.all(containers.map((container) => measure(engine, container, signal)));
	return measured.filter((one) => one !== undefined);
}

function measure(
	engine: Pick<Engine, 'containerStats'>,
	{ id, name }: ObservedContainer,
	signal: AbortSignal,
): Promise<MeasuredContainer | undefined> {
	return unlessGone(async () => ({ id, name, ...(await engine.containerStats(id, signal)) }));
}
