import type { Project } from '../model/project.ts';
import { type ListedContainers, observe } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { digestContents } from './digest-contents.ts';
import type { RunTools } from './run-tools.ts';

/** What the engine holds of the project, and what its secrets and configs hold now. */
export async function observeProject(
	project: Project,
	{ engine, digests }: Pick<RunTools, 'engine' | 'digests'>,
	options: { readonly createsKey: boolean; readonly listed?: ListedContainers | undefined },
): Promise<ObservedState> {
	const [state, contents] = await Promise.all([
		observe(engine, project, options.listed),
		digestContents(project, digests, { create: options.createsKey }),
	]);
	return contents === undefined ? state : { ...state, contents };
}
