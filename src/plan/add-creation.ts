import type { ContainerSpec } from '../engine/container-api.ts';
import type { Service } from '../model/service.ts';
import { grantKey, withGrant } from './gpu-grant.ts';
import { linked, linksOf } from './links.ts';
import type { StepId } from './plan.ts';
import { createPrerequisites } from './prerequisites.ts';
import { settleSpec } from './settle-spec.ts';
import { referenceTo, unsettledOf } from './shared-reference.ts';
import { withShm } from './shm-size.ts';
import type { UpContext } from './up-context.ts';

type CreationContext = Pick<UpContext, 'project' | 'state' | 'plan' | 'outcomes' | 'ready' | 'hashForm' | 'grants'>;

export interface CreationRequest {
	/** The service's name. */
	readonly name: string;
	readonly service: Service;
	/** Of the container that is made. */
	readonly number: number;
	readonly reasons: string | readonly string[];
	/** What it waits for but its prerequisites. */
	readonly after?: readonly (StepId | undefined)[];
	/** Id of the container whose place it takes. */
	readonly replaces?: string;
	readonly context: CreationContext;
}

/**
 * Adds the making of a container. What the definition says of other containers stands in it already where they are
 * there; where they are still to be made the step says whose ids it needs.
 */
export function addCreation(spec: ContainerSpec, request: CreationRequest): StepId {
	const { name, service, number, reasons, after = [], replaces, context } = request;
	const { project, plan } = context;
	const grant = context.grants.get(grantKey(name, number));
	const granted = withShm(withGrant(spec, grant), { name, service }, context);
	const withNames = linked(granted, linksOf({ service, number, namesOf: (other) => namesOf(other, context) }, project));
	const unsettled = unsettledOf(service, context);
	const idOf = (other: string): string | undefined => {
		const reference = referenceTo(other, context);
		return 'id' in reference ? reference.id : undefined;
	};
	return plan.add(
		{
			type: 'container.create',
			service: name,
			spec: unsettled === undefined ? settleSpec(withNames, idOf, context.hashForm) : withNames,
			...(replaces !== undefined && { replaces }),
			...(unsettled !== undefined && { unsettled }),
		},
		grant === undefined ? reasons : [reasons, grant.reason].flat(),
		{ after: [...createPrerequisites({ name, service, context }), ...after] },
	);
}

/** The names that a service's containers have once they are planned. */
function namesOf(service: string, { outcomes, state }: CreationContext): readonly string[] {
	const planned = outcomes.get(service)?.containers;
	const containers = planned ?? state.containers.filter((one) => one.service === service && !one.oneOff);
	return containers.map(({ name }) => name).sort();
}
