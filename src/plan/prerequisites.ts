import type { Declared } from './declared.ts';
import type { StepId } from './plan.ts';
import type { UpContext } from './up-context.ts';

/** What making a container of the service waits for: its networks, its volumes, its image. Never other containers. */
export function createPrerequisites({
	name,
	service,
	context,
}: Declared & { readonly context: Pick<UpContext, 'ready'> }): readonly StepId[] {
	const { networks, volumes, images } = context.ready;
	const mounted = (service.volumes ?? []).flatMap(({ type, source }) =>
		type === 'volume' && source !== undefined ? [source] : [],
	);
	return [
		images.get(name),
		...Object.keys(service.networks ?? {}).map((key) => networks.get(key)),
		...mounted.map((key) => volumes.get(key)),
	].filter((step) => step !== undefined);
}
