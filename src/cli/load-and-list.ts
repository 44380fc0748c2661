import type { LoadedProject, LoadRequest } from '../loader/loaded-project.ts';
import type { ListedContainers } from '../state/observe.ts';
import type { CommandContext } from './command.ts';

export type ListingContext = Pick<CommandContext, 'loadProject' | 'engine'>;

interface LoadedAndListed {
	readonly loaded: LoadedProject;
	readonly listed: ListedContainers | undefined;
}

/** Loads the project while the engine lists its containers: the name is known long before all else is. */
export async function loadAndList(context: ListingContext, request: LoadRequest): Promise<LoadedAndListed> {
	let listed: ListedContainers | undefined;
	const onName = (name: string): void => {
		listed = list(context, name);
		listed.catch(() => undefined); // where loading fails, nobody asks what became of it
	};
	const [loaded] = await Promise.all([context.loadProject({ ...request, onName }), context.engine()]);
	return { loaded, listed };
}

async function list({ engine }: ListingContext, projectName: string): ListedContainers {
	const [reads, { observeContainers }] = await Promise.all([engine(), import('../state/observe.ts')]);
	return observeContainers(reads, projectName);
}
