import type { ContainerDetails, ContainerSummary } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { ImageDetails, ImageSummary } from '../engine/image-api.ts';
import type { Labels } from '../engine/labels.ts';
import type { NetworkSummary } from '../engine/network-api.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import type { Project } from '../model/project.ts';
import { label } from './labels.ts';
import { hookImages, imageReference, mountedImages } from './names.ts';
import type { ObservedContainer, ObservedState } from './observed-state.ts';
import { parseExitCode, parseHealth } from './status-text.ts';

/** A list of a project's containers that the engine has been asked for. */
export type ListedContainers = Promise<readonly ObservedContainer[]>;

type Reads = Pick<Engine, 'listContainers' | 'listNetworks' | 'listVolumes' | 'findImage'>;

/**
 * Reads all that planning `project` needs, every list at the same time. Nothing is inspected but images, and nobody is
 * asked for volumes where the project has none. `listed`: its containers, where they were asked for already.
 */
export async function observe(
	engine: Reads & Pick<Engine, 'machine'>,
	project: Project,
	listed: ListedContainers = observeContainers(engine, project.name),
): Promise<ObservedState> {
	const [containers, networks, volumes, images, hookContainers, machine] = await Promise.all([
		listed,
		observeNetworks(engine, project.name, namesOf(project.networks)),
		project.volumes.size === 0 ? new Map() : observeVolumes(engine, project.name, namesOf(project.volumes)),
		observeImages(engine, project),
		observeHookContainers(engine, project),
		isSizedByMachine(project) ? engine.machine() : undefined,
	]);
	return {
		containers,
		networks,
		volumes,
		images,
		...(hookContainers !== undefined && { hookContainers }),
		...(machine !== undefined && { machineMemory: machine.memory }),
	};
}

const isSizedByMachine = ({ labc: { project, services } }: Pick<Project, 'labc'>): boolean =>
	[project, ...services.values()].some(({ shm }) => shm === 'auto');

/** What is there of a project of which only the name is known. */
export async function observeByName(engine: Reads, projectName: string): Promise<ObservedState> {
	const [containers, networks, volumes] = await Promise.all([
		observeContainers(engine, projectName),
		observeNetworks(engine, projectName, []),
		observeVolumes(engine, projectName, []),
	]);
	return { containers, networks, volumes, images: new Map() };
}

/** The project's containers, one-offs too. A container without a config hash was made by hand and is left alone. */
export async function observeContainers(
	engine: Pick<Engine, 'listContainers'>,
	projectName: string,
): Promise<readonly ObservedContainer[]> {
	const summaries = await engine.listContainers([`${label.project}=${projectName}`, label.configHash]);
	return summaries
		.map((summary, newer) => ({ ...readContainer(summary), newer }))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** All containers of the engine but `known` ones. */
export async function observeStrangers(
	engine: Pick<Engine, 'listContainers'>,
	known: readonly ObservedContainer[],
): Promise<readonly ContainerSummary[]> {
	const ids = new Set(known.map(({ id }) => id));
	return (await engine.listContainers([])).filter(({ id }) => !ids.has(id));
}

/** Containers of hooks have no config hash, so that docker compose does not take them for the service's own. */
export async function observeHookContainers(
	engine: Pick<Engine, 'listContainers'>,
	{ name, services }: Pick<Project, 'name' | 'services'>,
): Promise<readonly ContainerSummary[] | undefined> {
	const hasHooks = [...services.values()].some(({ pre_start = [] }) => pre_start.length > 0);
	return hasHooks ? engine.listContainers([`${label.project}=${name}`, label.hook]) : undefined;
}

/** The local images that the project's services are made from or mount, each looked up once. */
export async function observeImages(
	engine: Pick<Engine, 'findImage'>,
	project: Pick<Project, 'name' | 'services'>,
): Promise<ReadonlyMap<string, ImageDetails>> {
	const references = new Set(
		[...project.services].flatMap(([name, service]) => [
			...(service.provider === undefined ? [imageReference(project, name, service)] : []),
			...mountedImages(service),
			...hookImages(service),
		]),
	);
	const found = await Promise.all([...references].map(async (name) => [name, await engine.findImage(name)] as const));
	return new Map(found.filter((entry): entry is [string, ImageDetails] => entry[1] !== undefined));
}

/** The local images that were built for the project. */
export const observeBuiltImages = (
	engine: Pick<Engine, 'listImages'>,
	projectName: string,
): Promise<readonly ImageSummary[]> => engine.listImages([`${label.project}=${projectName}`]);

/** Inspects the containers that `needsDetails` names, so that a plan can say what differs. */
export async function observeDetails(
	engine: Pick<Engine, 'inspectContainer'>,
	state: ObservedState,
	needsDetails: ReadonlySet<string>,
): Promise<ObservedState> {
	const containers = await Promise.all(
		state.containers.map(async (container) =>
			needsDetails.has(container.id)
				? { ...container, details: (await engine.inspectContainer(container.id)) satisfies ContainerDetails }
				: container,
		),
	);
	return { ...state, containers };
}

/**
 * Those of the project and those its file names, by one call: the engine takes conditions together only, so all are
 * listed where either is asked for.
 */
async function observeNetworks(
	engine: Pick<Engine, 'listNetworks'>,
	projectName: string,
	names: readonly string[],
): Promise<ReadonlyMap<string, readonly NetworkSummary[]>> {
	const labels = [`${label.project}=${projectName}`];
	const listed = await engine.listNetworks(names.length > 0 ? {} : { labels });
	const isWanted = wantedIn(projectName, names);
	const byName = Map.groupBy(listed.filter(isWanted), ({ name }) => name);
	for (const one of listed) if (names.includes(one.id)) byName.set(one.id, [one]);
	return byName;
}

async function observeVolumes(
	engine: Pick<Engine, 'listVolumes'>,
	projectName: string,
	names: readonly string[],
): Promise<ReadonlyMap<string, VolumeSummary>> {
	const labels = [`${label.project}=${projectName}`];
	const listed = await engine.listVolumes(names.length > 0 ? {} : { labels });
	return new Map(listed.filter(wantedIn(projectName, names)).map((one) => [one.name, one]));
}

function wantedIn(projectName: string, names: readonly string[]) {
	const wanted = new Set(names);
	return ({ name, labels }: { readonly name: string; readonly labels: Labels }): boolean =>
		wanted.has(name) || labels[label.project] === projectName;
}

const namesOf = (resources: ReadonlyMap<string, { readonly name: string }>): readonly string[] => [
	...new Set([...resources.values()].map(({ name }) => name)),
];

/** Reads docker compose's labels and the words of the list. */
export function readContainer(summary: ContainerSummary): ObservedContainer {
	const number = Number.parseInt(summary.labels[label.number] ?? '', 10);
	return {
		...summary,
		service: summary.labels[label.service] ?? '',
		number: Number.isNaN(number) ? undefined : number,
		oneOff: summary.labels[label.oneOff] === 'True',
		configHash: summary.labels[label.configHash] ?? '',
		health: parseHealth(summary.status),
		exitCode: parseExitCode(summary.state, summary.status),
	};
}
