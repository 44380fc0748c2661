import type { ContainerSpec } from '../engine/container-api.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerLabels } from '../state/labels.ts';
import { oneOffName } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { hashService } from './config-hash.ts';
import { identityOf, specBasis } from './container-spec.ts';
import type { Declared } from './declared.ts';
import { endpointsOf } from './endpoints.ts';
import type { Plan } from './plan.ts';
import { planConditions } from './plan-awaits.ts';
import { planServices } from './plan-up.ts';
import { createPrerequisites } from './prerequisites.ts';
import { requireImage } from './require-images.ts';
import { requireSupported } from './require-supported.ts';
import { selectServices } from './select-services.ts';
import type { UpOptions } from './up-options.ts';

export interface RunOptions
	extends Pick<UpOptions, 'noDeps' | 'stopTimeoutSeconds' | 'pendingImages' | 'locate' | 'orphans'> {
	/** The service as the command changed it: command, environment, ports, … */
	readonly service: Service;
	/** Tells this one-off from all others: 64 hexadecimal digits, chosen by the caller. */
	readonly slug: string;
	/** `--name`; made from the slug where absent. */
	readonly name?: string | undefined;
	/** Give it the service's names in the networks. */
	readonly useAliases?: boolean;
	readonly oneOff: NonNullable<ContainerSpec['oneOff']>;
}

/**
 * What a one-off needs and, as the last step, its creation. Its dependencies come up as `up` brings them up; the
 * service's own containers are left alone. The caller starts the container, because it attaches first.
 */
export function planRun(project: Project, name: string, state: ObservedState, options: RunOptions): Plan {
	const { service: changed, slug, name: ownName, useAliases, oneOff, ...upOptions } = options;
	const needed = new Map(selectServices(project, { services: [name], noDeps: options.noDeps ?? false }));
	const declared: Declared = { name, service: oneOffService(changed, needed.get(name)) };
	needed.delete(name);
	requireSupported([[name, declared.service]], options);
	const context = planServices(needed, { project, state, options: upOptions, also: declared.service });
	const pending = context.pending.get(name);
	if (pending === undefined) requireImage(name, declared.service, { project, state });
	const spec = oneOffSpec(declared, { project, state, options });
	context.plan.add(
		{ type: 'container.create', service: name, spec },
		['one-off container', ...(pending === undefined ? [] : [`image: ${pending}`])],
		{ after: [...createPrerequisites({ ...declared, context }), ...planConditions(declared.service, context)] },
	);
	return context.plan.build();
}

/** A one-off is never restarted and never has a replica's name; it depends on what this command brings up. */
function oneOffService({ restart, container_name, ...changed }: Service, selected: Service | undefined): Service {
	return { ...changed, depends_on: selected?.depends_on ?? {} };
}

function oneOffSpec(
	declared: Declared,
	{
		project,
		state,
		options,
	}: { readonly project: Project; readonly state: ObservedState; readonly options: RunOptions },
): ContainerSpec {
	const { name, service } = declared;
	const ownName = options.name ?? oneOffName(project, name, options.slug);
	const configHash = hashService({ ...service, container_name: ownName });
	const names = options.useAliases ? [ownName, name] : [ownName];
	return {
		...specBasis(declared, project),
		name: ownName,
		labels: containerLabels(
			project,
			{ ...identityOf(declared, project, state), configHash, replica: { slug: options.slug } },
			service.labels,
		),
		networks: endpointsOf(service, project, names).map((endpoint) =>
			options.useAliases ? endpoint : { ...endpoint, aliases: names },
		),
		inheritedVolumes: new Map(),
		oneOff: options.oneOff,
	};
}
