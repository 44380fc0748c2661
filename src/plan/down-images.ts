import type { ImageSummary } from '../engine/image-api.ts';
import type { Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { DownContext } from './down-resources.ts';
import type { StepId } from './plan.ts';

export interface ImageRemovals {
	/** Those that were built for the project, or all that its services use. */
	readonly images: 'local' | 'all';
	/** Of the file, or of the labels. */
	readonly services: ReadonlyMap<string, Service>;
	/** Images of services that are no more go too. */
	readonly orphans: boolean;
}

/** Removes images once the containers are gone: by the labels that building gives them, and by the services' own words. */
export function planImageRemovals(
	removed: ReadonlyMap<string, StepId>,
	removals: ImageRemovals,
	context: DownContext,
): void {
	const names = new Map<string, string>();
	for (const [image, service] of [...builtImages(removals, context), ...usedImages(removals, context)]) {
		if (!names.has(tagged(image))) names.set(tagged(image), service);
	}
	for (const [image, service] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
		context.plan.add({ type: 'image.remove', service, image }, `\`--rmi ${removals.images}\` was given`, {
			after: [...removed.values()],
		});
	}
}

type NamedImage = readonly [image: string, service: string];

/** Like docker compose: also a built image that has a name of its own is local. */
function builtImages({ services, orphans }: ImageRemovals, { state }: DownContext): readonly NamedImage[] {
	const ownerOf = ({ labels }: ImageSummary): string => labels[label.service] ?? '';
	return (state.builtImages ?? [])
		.filter((image) => orphans || services.has(ownerOf(image)))
		.map((image) => [image.names[0], ownerOf(image)]);
}

/** What the services name; without a name what their build would be called, should an old builder have left no label. */
function usedImages({ images, services }: ImageRemovals, { project, state }: DownContext): readonly NamedImage[] {
	if (project === undefined) return images === 'all' ? imagesOf(services, state.containers) : [];
	return [...services]
		.filter(([, service]) => (service.image === undefined ? service.build !== undefined : images === 'all'))
		.map(([name, service]) => [imageReference(project, name, service), name] as const)
		.filter(([image]) => state.images.has(image));
}

const imagesOf = (
	services: ReadonlyMap<string, Service>,
	containers: readonly ObservedContainer[],
): readonly NamedImage[] =>
	containers.filter(({ service }) => services.has(service)).map(({ image, service }) => [image, service]);

/** One image is removed once, however it is written. */
const tagged = (image: string): string =>
	/[:@][^/]*$/.test(image) || /^[0-9a-f]{12,}$/.test(image) ? image : `${image}:latest`;
