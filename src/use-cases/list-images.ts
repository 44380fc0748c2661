import type { Engine } from '../engine/engine.ts';
import type { ImageDescription } from '../engine/image-api.ts';
import { observeContainers } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/** The image of one container. */
export interface ListedImage extends ImageDescription {
	readonly container: string;
	readonly repository: string;
	readonly tag: string;
}

/** The images that a project's containers were made from, by container. Each image is looked up once. */
export async function listImages(
	engine: Pick<Engine, 'listContainers' | 'describeImage'>,
	{ projectName, services }: { readonly projectName: string; readonly services: readonly string[] },
): Promise<readonly ListedImage[]> {
	const containers = (await observeContainers(engine, projectName)).filter(
		({ service }) => services.length === 0 || services.includes(service),
	);
	const ids = [...new Set(containers.map(({ imageId }) => imageId))];
	const found = new Map(await Promise.all(ids.map(async (id) => [id, await engine.describeImage(id)] as const)));
	return containers.map((container) => ({
		container: container.name,
		...splitName(container.image),
		...(found.get(container.imageId) ?? gone(container)),
	}));
}

/** A container outlives its image where that was removed by force. */
const gone = ({ imageId }: ObservedContainer): ImageDescription => ({
	id: imageId,
	size: 0,
	platform: '',
	lastTagged: undefined,
});

/** A name as people write it: without the parts that docker adds by itself. A digest stands in for the tag. */
function splitName(reference: string): Pick<ListedImage, 'repository' | 'tag'> {
	const familiar = reference.replace(/^docker\.io\/(?:library\/)?/, '');
	const [name = '', digest] = familiar.split('@');
	const [, repository = name, tag] = /^(.*):([^:/]+)$/.exec(name) ?? [];
	return { repository, tag: digest === undefined ? (tag ?? 'latest') : '' };
}
