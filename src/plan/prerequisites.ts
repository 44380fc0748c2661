import type { Declared } from './declared.ts';
import type { StepId } from './plan.ts';
import { sharedServices } from './share-containers.ts';
import { madeBy, referenceTo } from './shared-reference.ts';
import type { UpContext } from './up-context.ts';

/**
 * What making a container of the service waits for: its networks, its volumes, its image, and containers only where it
 * takes something of theirs or the engine links them as they are made.
 */
export function createPrerequisites({
	name,
	service,
	context,
}: Declared & { readonly context: Pick<UpContext, 'ready' | 'outcomes' | 'state'> }): readonly StepId[] {
	const { networks, volumes, images } = context.ready;
	const hasNetworks = Object.keys(service.networks ?? {}).length > 0;
	const linked = hasNetworks ? [] : (service.links ?? []).map((link) => link.split(':')[0] ?? '');
	const mounted = (service.volumes ?? []).flatMap(({ type, source }) =>
		type === 'volume' && source !== undefined ? [source] : [],
	);
	return [
		images.get(name),
		...Object.keys(service.networks ?? {}).map((key) => networks.get(key)),
		...mounted.map((key) => volumes.get(key)),
		...sharedServices(service).map((shared) => madeBy(referenceTo(shared.name, context))),
		...linked.flatMap((needed) => context.outcomes.get(needed)?.made ?? []),
	].filter((step) => step !== undefined);
}
