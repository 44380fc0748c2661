import { LabcError } from '../errors/labc-error.ts';
import { compareText } from '../model/ordered-entries.ts';
import type { Service } from '../model/service.ts';
import { containerName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { ContainerReference, StepId, Unsettled } from './plan.ts';
import { type DecisionInput, numberOf, type ServiceDecision } from './service-decision.ts';
import { type SharedService, settleService, sharedServices } from './share-containers.ts';
import type { UpContext } from './up-context.ts';

/** The id of the container that sharers of the service get, as it is now: of several replicas the first by name. */
export const observedIdOf = (service: string, containers: readonly ObservedContainer[]): string | undefined =>
	containers
		.filter((container) => container.service === service && !container.oneOff)
		.sort((a, b) => compareText(a.name, b.name))[0]?.id;

/** What is known of a service's shared containers before anything is planned. */
export interface Sharing {
	/** With ids in the places of services; undefined where one of the containers is still to be made. */
	readonly settled: Service | undefined;
	/** What stands in the way of that. */
	readonly open: readonly SharedService[];
}

/** Throws where a service takes something of another one's container and that one has none. */
export function sharingOf(name: string, service: Service, input: DecisionInput): Sharing {
	const shared = sharedServices(service);
	const ids = new Map(shared.map(({ name: needed }) => [needed, decidedId(needed, input)]));
	const missing = shared.find((one) => ids.get(one.name) === 'missing');
	if (missing !== undefined) throw containerMissing(name, missing);
	const open = shared.filter((one) => ids.get(one.name) === undefined);
	return { settled: settleService(service, (needed) => ids.get(needed)), open };
}

/** Undefined where the container will be another one than those that are there. */
function decidedId(name: string, { project, state, decisions }: DecisionInput): string | 'missing' | undefined {
	const service = project.services.get(name);
	const decision = decisions?.get(name);
	if (service === undefined || decision === undefined) return observedIdOf(name, state.containers) ?? 'missing';
	const [first] = leftOf(decision, (number) => containerName(project, name, { service, number })).sort((a, b) =>
		compareText(a.name, b.name),
	);
	return first === undefined ? 'missing' : first.id;
}

const leftOf = (
	{ kept, recreated, created }: ServiceDecision,
	nameOf: (number: number) => string,
): { readonly name: string; readonly id?: string }[] => [
	...kept.map(({ name, id }) => ({ name, id })),
	...recreated.map(({ container }) => ({ name: nameOf(numberOf(container)) })),
	...created.map((number) => ({ name: nameOf(number) })),
];

/** The containers whose ids the service's own containers take over; undefined where it takes none or all are known. */
export function unsettledOf(
	service: Service,
	context: Pick<UpContext, 'outcomes' | 'state' | 'hashForm'>,
): Unsettled | undefined {
	const containers = new Map(sharedServices(service).map(({ name }) => [name, referenceTo(name, context)] as const));
	const isOpen = [...containers.values()].some((reference) => 'createdBy' in reference);
	return isOpen ? { containers, hashForm: context.hashForm } : undefined;
}

/** The container of the service that sharers get, once this plan is carried out. */
export function referenceTo(
	name: string,
	{ outcomes, state }: Pick<UpContext, 'outcomes' | 'state'>,
): ContainerReference {
	const planned = [...(outcomes.get(name)?.containers ?? [])].sort((a, b) => compareText(a.name, b.name))[0];
	const reference = planned ?? state.containers.find(({ id }) => id === observedIdOf(name, state.containers));
	if (reference === undefined) throw new Error(`service ${name} has a container by now`);
	return 'createdBy' in reference ? reference : { name: reference.name, id: reference.id };
}

/** The step that makes the container; undefined where it is there. */
export const madeBy = (reference: ContainerReference): StepId | undefined =>
	'createdBy' in reference ? reference.createdBy : undefined;

function containerMissing(service: string, { attribute, name }: SharedService): LabcError {
	const what = attribute === 'volumes_from' ? 'volumes' : `its \`${attribute}\``;
	return new LabcError(
		'CONTAINER_MISSING',
		`service \`${service}\` shares ${what} with service \`${name}\`, which has no container`,
		{
			hint: `Bring up \`${name}\` too, with at least one container.`,
		},
	);
}
