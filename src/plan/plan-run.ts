import type { ContainerSpec } from '../engine/container-api.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerLabels } from '../state/labels.ts';
import { oneOffName } from '../state/names.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { addCopies } from './add-copies.ts';
import { addCreation } from './add-creation.ts';
import { identityOf, specBasis } from './container-spec.ts';
import type { Declared } from './declared.ts';
import { endpointsOf } from './endpoints.ts';
import { hashInForm, versionOf } from './hash-form.ts';
import { oneOffNumber } from './links.ts';
import type { Plan } from './plan.ts';
import { planConditions } from './plan-awaits.ts';
import { roomFor } from './plan-service.ts';
import { planServices } from './plan-up.ts';
import { ownerWarnings, requireFiles } from './require-files.ts';
import { selectServices } from './select-services.ts';
import type { UpContext } from './up-context.ts';
import type { UpOptions } from './up-options.ts';

export interface RunOptions
	extends Pick<
		UpOptions,
		'noDeps' | 'stopTimeoutSeconds' | 'pendingImages' | 'locate' | 'isSet' | 'orphans' | 'hashForm' | 'gpus'
	> {
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
 * What a one-off needs and, in the end, its creation. Its dependencies come up as `up` brings them up; the
 * service's own containers are left alone. The caller starts the container, because it attaches first.
 */
export function planRun(project: Project, name: string, state: ObservedState, options: RunOptions): Plan {
	const { service: changed, slug, name: ownName, useAliases, oneOff, ...upOptions } = options;
	const needed = new Map(selectServices(project, { services: [name], noDeps: options.noDeps ?? false }));
	const declared: Declared = { name, service: oneOffService(changed, needed.get(name)) };
	needed.delete(name);
	requireFiles([[name, declared.service]], project, options);
	const context = planServices(needed, { project, state, options: upOptions, also: declared });
	const pending = context.pending.get(name);
	for (const warning of ownerWarnings(name, declared.service, { project, locate: options.locate })) {
		context.plan.warn(warning);
	}
	const spec = oneOffSpec(declared, { context, options });
	const created = addCreation(spec, {
		...declared,
		number: oneOffNumber,
		reasons: ['one-off container', ...(pending === undefined ? [] : [`image: ${pending}`])],
		after: [...planConditions(declared.service, context), ...roomFor(name, context)],
		context,
	});
	const container = { name: spec.name, createdBy: created };
	addCopies(context.plan, { ...declared, container, project, after: [created] });
	return context.plan.build();
}

/** A one-off is never restarted and never has a replica's name; it depends on what this command brings up. */
function oneOffService({ restart, container_name, ...changed }: Service, selected: Service | undefined): Service {
	return { ...changed, depends_on: selected?.depends_on ?? {} };
}

function oneOffSpec(
	declared: Declared,
	{ context, options }: { readonly context: UpContext; readonly options: RunOptions },
): ContainerSpec {
	const { project, state, hashForm } = context;
	const { name } = declared;
	const ownName = options.name ?? oneOffName(project, name, options.slug);
	const service = { ...declared.service, container_name: ownName };
	const configHash = hashInForm(service, hashForm);
	const identity = { ...identityOf({ name, service }, project, state), configHash, version: versionOf(hashForm) };
	const names = options.useAliases ? [ownName, name] : [ownName];
	return {
		...specBasis({ name, service }, project),
		name: ownName,
		labels: containerLabels(project, { ...identity, replica: { slug: options.slug } }, service.labels),
		networks: endpointsOf(service, project, names).map((endpoint) =>
			options.useAliases ? endpoint : { ...endpoint, aliases: names },
		),
		inheritedVolumes: new Map(),
		oneOff: options.oneOff,
	};
}
