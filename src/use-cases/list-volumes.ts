import type { Engine } from '../engine/engine.ts';
import type { VolumeDescription } from '../engine/volume-api.ts';
import { label } from '../state/labels.ts';
import { observeContainers } from '../state/observe.ts';

/** A project's volumes by name; with services only those that one of their containers has mounted. */
export async function listVolumes(
	engine: Pick<Engine, 'describeVolumes' | 'listContainers'>,
	{ projectName, services }: { readonly projectName: string; readonly services: readonly string[] },
): Promise<readonly VolumeDescription[]> {
	const [volumes, containers] = await Promise.all([
		engine.describeVolumes([`${label.project}=${projectName}`]),
		services.length === 0 ? [] : observeContainers(engine, projectName),
	]);
	const mounted = new Set(
		containers
			.filter(({ service }) => services.includes(service))
			.flatMap(({ mounts }) => mounts.map(({ name }) => name)),
	);
	return volumes
		.filter(({ name }) => services.length === 0 || mounted.has(name))
		.sort((one, other) => (one.name < other.name ? -1 : 1));
}
