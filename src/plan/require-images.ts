import { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { ServiceDecision } from './service-decision.ts';

/** Throws `IMAGE_UNAVAILABLE` where a container is to be made and its image is neither there nor on its way. */
export function requireImages(
	selected: ReadonlyMap<string, Service>,
	decisions: ReadonlyMap<string, ServiceDecision>,
	{
		project,
		state,
		pending,
	}: { readonly project: Project; readonly state: ObservedState; readonly pending: ReadonlyMap<string, string> },
): void {
	for (const [name, service] of selected) {
		const decision = decisions.get(name);
		const isNeeded = decision !== undefined && decision.created.length + decision.recreated.length > 0;
		if (isNeeded && !pending.has(name)) requireImage(name, service, { project, state });
	}
}

/** Throws `IMAGE_UNAVAILABLE` where the service's image is not there. */
export function requireImage(
	name: string,
	service: Service,
	{ project, state }: { readonly project: Project; readonly state: ObservedState },
): void {
	const reference = imageReference(project, name, service);
	if (state.images.has(reference)) return;
	throw new LabcError(
		'IMAGE_UNAVAILABLE',
		`image \`${reference}\` of service \`${name}\` is not there, and it may not be pulled or built`,
		{
			hint:
				service.build === undefined
					? `Run \`docker pull ${reference}\`, or leave \`--pull never\` out.`
					: 'Leave `--no-build` out.',
		},
	);
}
