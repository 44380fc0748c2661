import { mappingNode } from '../document/node.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import type { ConfigSources } from './config-request.ts';
import { fullReference } from './image-reference.ts';

/** Full references with the digests that their registries, asked through the engine, hold them under. */
export async function pinImages(
	images: ReadonlyMap<string, string>,
	{ engine, signal }: Pick<ConfigSources, 'engine' | 'signal'>,
): Promise<ReadonlyMap<string, string>> {
	const pinned = [...images].map(async ([name, image]) => {
		const reference = fullReference(image);
		if (reference.includes('@')) return [name, reference] as const;
		const digest = await (await engine()).resolveDigest(reference, signal);
		return [name, `${reference}@${digest}`] as const;
	});
	return new Map(await Promise.all(pinned));
}

export function withImages(loaded: LoadedProject, images: ReadonlyMap<string, string>): LoadedProject {
	const services = [...loaded.project.services].map(([name, service]) => {
		const image = images.get(name);
		return [name, image === undefined ? service : { ...service, image }] as const;
	});
	return { ...loaded, project: { ...loaded.project, services: new Map(services) } };
}

/** The project as an override file that says nothing but which images are meant. */
export function onlyImages({ project, tree, ...rest }: LoadedProject): LoadedProject {
	const services = [...project.services].map(([name, { image }]) => {
		const said = image === undefined ? {} : { image };
		return [name, { command: null, entrypoint: null, ...said }] as const;
	});
	const nothing = new Map<string, never>();
	return {
		...rest,
		tree: mappingNode([], tree.at),
		project: {
			...project,
			name: '',
			services: new Map(services),
			networks: nothing,
			volumes: nothing,
			secrets: nothing,
			configs: nothing,
			models: nothing,
			extensions: nothing,
		},
	};
}
