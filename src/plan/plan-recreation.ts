import { containerName, replacedName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { replicaSpec } from './container-spec.ts';
import { numberOf, type ServiceDecision } from './decide-service.ts';
import type { StepId } from './plan.ts';
import { type PlannedContainer, planStart, type ServiceRequest } from './plan-start.ts';
import { createPrerequisites } from './prerequisites.ts';

/**
 * Replaces containers with as little time without them as can be: the new one is made beside the old one, which is
 * stopped and put aside only when all that the start waits for is there, and removed when the new one has started.
 */
export function planRecreation(
	recreated: ServiceDecision['recreated'],
	request: ServiceRequest,
): readonly PlannedContainer[] {
	if (recreated.length === 0) return [];
	const created = recreated.map(({ container, reasons }) => planReplacement(container, reasons, request));
	const dependents = stopDependents(
		created.map(({ createdBy }) => createdBy),
		request,
	);
	return recreated.map(({ container }, index) => {
		const replacement = created[index];
		if (replacement === undefined) throw new Error('a replacement for each container');
		return planExchange(container, { replacement, dependents }, request);
	});
}

function planReplacement(
	container: ObservedContainer,
	reasons: readonly string[],
	request: ServiceRequest,
): Replacement {
	const { name, service, context } = request;
	const { project, state, plan, options } = context;
	const renewAnonymousVolumes = options.renewAnonymousVolumes === true;
	const spec = replicaSpec(
		{ name, service, number: numberOf(container), replaces: container, renewAnonymousVolumes },
		project,
		state,
	);
	const created = plan.add({ type: 'container.create', service: name, spec, replaces: container.id }, reasons, {
		after: createPrerequisites(request),
	});
	return { name: spec.name, createdBy: created };
}

/** The new container, under the name it has until the old one is aside. */
interface Replacement {
	readonly name: string;
	readonly createdBy: StepId;
}

/** Services that ask for it with `restart: true` are down while what they depend on is exchanged. */
function stopDependents(created: readonly StepId[], { name, context }: ServiceRequest): readonly StepId[] {
	if (context.options.start === false) return [];
	const dependents = [...context.selected].filter(([, service]) => service.depends_on?.[name]?.restart === true);
	return dependents.flatMap(([dependent]) =>
		context.state.containers
			.filter((container) => container.service === dependent && !container.oneOff)
			.flatMap((container) => context.stops.ensure(container, `${name} is recreated`, created) ?? []),
	);
}

interface Exchange {
	readonly replacement: Replacement;
	readonly dependents: readonly StepId[];
}

function planExchange(
	old: ObservedContainer,
	{ replacement, dependents }: Exchange,
	request: ServiceRequest,
): PlannedContainer {
	const { name, service, conditions, context } = request;
	const { plan, stops, project } = context;
	const finalName = containerName(project, name, { service, number: numberOf(old) });
	const reason = 'replaced';
	const waits = [replacement.createdBy, ...conditions, ...dependents];
	const stopped = stops.replace(old, reason, waits);
	const aside = replacedName(old.id, finalName);
	const putAside = plan.add(
		{ type: 'container.rename', service: name, container: { name: old.name, id: old.id }, to: aside },
		reason,
		{ after: [...waits, stopped] },
	);
	const made = { name: finalName, createdBy: replacement.createdBy };
	const named = plan.add(
		{ type: 'container.rename', service: name, container: replacement, to: finalName },
		'takes the name of the old one',
		{
			after: [putAside],
		},
	);
	const started = planStart(made, 'takes the place of the old one', [named], request);
	plan.add(
		{ type: 'container.remove', service: name, container: { name: aside, id: old.id }, force: false, volumes: false },
		reason,
		{ after: [started ?? named] },
	);
	return { reference: made, started };
}
