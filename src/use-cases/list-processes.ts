import type { ProcessTable } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { listContainers } from './list-containers.ts';

/** What runs in one container. */
export interface ListedProcesses extends ProcessTable {
	readonly service: string;
	/** Undefined for a one-off. */
	readonly number: number | undefined;
}

/** What runs in a project's containers, one-offs too, in the order of their names. All are asked at the same time. */
export async function listProcesses(
	engine: Pick<Engine, 'listContainers' | 'containerProcesses'>,
	{ projectName, services }: { readonly projectName: string; readonly services: readonly string[] },
): Promise<readonly ListedProcesses[]> {
	const containers = await listContainers(engine, { projectName, services, all: true, states: ['running', 'paused'] });
	const tables = await Promise.all(containers.map((container) => processesOf(engine, container)));
	return tables.filter((table) => table !== undefined);
}

/** A container that ends meanwhile has no processes to show. */
async function processesOf(
	engine: Pick<Engine, 'containerProcesses'>,
	{ id, service, number }: ObservedContainer,
): Promise<ListedProcesses | undefined> {
	try {
		return { service, number, ...(await engine.containerProcesses(id)) };
	} catch (error) {
		if (error instanceof LabcError && endedCodes.has(error.code)) return undefined;
		throw error;
	}
}

const endedCodes: ReadonlySet<string> = new Set(['ENGINE_NOT_FOUND', 'ENGINE_CONFLICT']);
