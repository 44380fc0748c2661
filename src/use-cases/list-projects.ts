import type { ContainerSummary } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { label } from '../state/labels.ts';
import { countsAsUp } from './list-containers.ts';

/** A project as its containers tell of it. */
export interface ListedProject {
	readonly name: string;
	/** `exited(1), running(3)` */
	readonly status: string;
	/** With commas between; `N/A` where a container does not say. */
	readonly configFiles: string;
}

export interface ListProjectsRequest {
	/** Also those of which nothing runs. */
	readonly all: boolean;
	/** Patterns of names; one is enough. All where there are none. */
	readonly names: readonly RegExp[];
}

/** Every project of the engine, by name: one call. */
export async function listProjects(
	engine: Pick<Engine, 'listContainers'>,
	{ all, names }: ListProjectsRequest,
): Promise<readonly ListedProject[]> {
	const containers = await engine.listContainers([label.project, label.configHash]);
	const counted = containers.filter(({ state }) => all || countsAsUp(state));
	const byName = Map.groupBy(counted, ({ labels }) => labels[label.project] ?? '');
	return [...byName]
		.filter(([name]) => names.length === 0 || names.some((pattern) => pattern.test(name)))
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, own]) => ({ name, status: statusOf(own), configFiles: configFilesOf(own) }));
}

const statusOf = (containers: readonly ContainerSummary[]): string =>
	[...Map.groupBy(containers, ({ state }) => state)]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([state, { length }]) => `${state}(${length})`)
		.join(', ');

function configFilesOf(containers: readonly ContainerSummary[]): string {
	const lists = containers.map(({ labels }) => labels[label.configFiles]);
	if (lists.includes(undefined)) return 'N/A';
	return [...new Set(lists.flatMap((list = '') => list.split(',')))].join(',');
}
