import { containerName, replacedName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addCreation } from './add-creation.ts';
import { replicaSpec } from './container-spec.ts';
import type { StepId, UndoStep } from './plan.ts';
import { type PlannedContainer, planStart, type ServiceRequest } from './plan-start.ts';
import { freed, type Removal } from './plan-surplus.ts';
import { isBroken, numberOf, type RecreatedContainer } from './service-decision.ts';
import { isActive } from './stops.ts';

/**
 * Replaces containers with as little time without them as can be: the new one is made beside the old one, which is
 * stopped and put aside only when all that the start waits for is there, and removed when the new one has started.
 */
export function planRecreation(
	recreated: readonly RecreatedContainer[],
	surplus: readonly Removal[],
	request: ServiceRequest,
): readonly PlannedContainer[] {
	const made = recreated.map((one) => ({ old: one.container, ...planReplacement(one, surplus, request) }));
	const dependents = stopDependents(
		made.map(({ createdBy }) => createdBy),
		request,
	);
	return made.map(({ old, ...replacement }) => {
		if (isBroken(old)) return planNewStart(replacement, dependents, request);
		return planExchange(old, { replacement, dependents, surplus }, request);
	});
}

const finalNameOf = (container: ObservedContainer, { name, service, context }: ServiceRequest): string =>
	containerName(context.project, name, { service, number: numberOf(container) });

/** The new container, under the name it has until the old one is aside. */
interface Replacement {
	readonly name: string;
	readonly createdBy: StepId;
}

/** What the engine can't start any more goes first, so that its name is free; so does what an earlier run left. */
function planReplacement(
	{ container, reasons }: RecreatedContainer,
	surplus: readonly Removal[],
	request: ServiceRequest,
): Replacement {
	const { name, service, context } = request;
	const { project, state, plan, stops, options, hashForm } = context;
	const number = numberOf(container);
	const renewAnonymousVolumes = options.renewAnonymousVolumes === true;
	const asked = { name, service, number, replaces: container, renewAnonymousVolumes, hashForm };
	const spec = replicaSpec(asked, project, state);
	const { id, name: oldName } = container;
	const removed = isBroken(container)
		? plan.add(
				{ type: 'container.remove', service: name, container: { name: oldName, id }, force: true, volumes: false },
				reasons,
				{ after: [stops.of(container)] },
			)
		: undefined;
	const made = removed === undefined ? spec : { ...spec, name: finalNameOf(container, request) };
	const after = [removed, ...freed(made.name, surplus, context)];
	const createdBy = addCreation(made, { name, service, number, reasons, after, replaces: id, context });
	return { name: made.name, createdBy };
}

function planNewStart(
	reference: Replacement,
	dependents: readonly StoppedContainer[],
	request: ServiceRequest,
): PlannedContainer {
	const after = [reference.createdBy, ...dependents.map(({ stopped }) => stopped)];
	return { reference, made: reference.createdBy, started: planStart(reference, 'new', after, request) };
}

interface StoppedContainer {
	readonly container: ObservedContainer;
	readonly stopped: StepId;
}

/** Services that ask for it with `restart: true` are down while what they depend on is exchanged. */
function stopDependents(created: readonly StepId[], { name, context }: ServiceRequest): readonly StoppedContainer[] {
	if (created.length === 0) return [];
	const dependents = [...context.selected].filter(([, service]) => service.depends_on?.[name]?.restart === true);
	return dependents.flatMap(([dependent]) =>
		context.state.containers
			.filter((container) => container.service === dependent && !container.oneOff)
			.flatMap((container) => {
				const stopped = context.stops.ensure(container, `${name} is recreated`, created);
				return stopped === undefined ? [] : [{ container, stopped }];
			}),
	);
}

interface Exchange {
	readonly replacement: Replacement;
	readonly dependents: readonly StoppedContainer[];
	readonly surplus: readonly Removal[];
}

function planExchange(old: ObservedContainer, exchange: Exchange, request: ServiceRequest): PlannedContainer {
	const { name: service, conditions, context } = request;
	const { plan, stops } = context;
	const { replacement, dependents, surplus } = exchange;
	const finalName = finalNameOf(old, request);
	const reason = 'replaced';
	const waits = [replacement.createdBy, ...conditions, ...dependents.map(({ stopped }) => stopped)];
	const stopped = stops.replace(old, reason, waits);
	const isInTheWay = old.name === finalName;
	const aside = { name: isInTheWay ? replacedName(old.id, finalName) : old.name, id: old.id };
	const putAside = isInTheWay
		? plan.add(
				{ type: 'container.rename', service, container: { name: old.name, id: old.id }, to: aside.name },
				reason,
				{ after: [...waits, stopped] },
			)
		: undefined;
	const named = plan.add(
		{ type: 'container.rename', service, container: replacement, to: finalName },
		'takes the name of the old one',
		{ after: [...(putAside === undefined ? [...waits, stopped] : [putAside]), ...freed(finalName, surplus, context)] },
	);
	const reference = { name: finalName, createdBy: replacement.createdBy };
	const started = planStart(reference, 'takes the place of the old one', [named], request);
	plan.add({ type: 'container.remove', service, container: aside, force: false, volumes: false }, reason, {
		after: [started ?? named],
	});
	planReturn({ old, aside: aside.name, stopped, putAside, named, started }, exchange, request);
	return { reference, made: named, started };
}

interface ExchangeSteps {
	readonly old: ObservedContainer;
	/** The name of the old one while the new one has its own. */
	readonly aside: string;
	readonly stopped: StepId | undefined;
	readonly putAside: StepId | undefined;
	readonly named: StepId;
	readonly started: StepId | undefined;
}

/**
 * Should the new one not come up, the old one gets its name back and runs again, and so do those that were stopped for
 * it. One whose network was recreated comes back on the new one.
 */
function planReturn(
	{ old, aside, stopped, putAside, named, started }: ExchangeSteps,
	{ replacement, dependents }: Exchange,
	{ name, context }: ServiceRequest,
): void {
	const { plan, stops, decisions } = context;
	const rejoins = stops.rejoins(old);
	const reason = 'its replacement did not come up';
	const start = (undoes: StepId, { service, name: startedName, id }: ObservedContainer): UndoStep => ({
		undoes,
		operation: { type: 'container.start', service, container: { name: startedName, id } },
		reason,
	});
	const steps: readonly (UndoStep | false)[] = [
		{
			undoes: replacement.createdBy,
			operation: { type: 'container.remove', service: name, container: replacement, force: true, volumes: false },
			reason,
		},
		putAside !== undefined && {
			undoes: putAside,
			operation: { type: 'container.rename', service: name, container: { name: aside, id: old.id }, to: old.name },
			reason,
		},
		...rejoins,
		stopped !== undefined && isActive(old) && start(rejoins.at(-1)?.undoes ?? stopped, old),
		...dependents
			.filter(({ container }) => decisions.get(container.service)?.kept.includes(container))
			.map((dependent) => start(dependent.stopped, dependent.container)),
	];
	plan.undo({
		guards: [stopped, putAside, named, started].filter((step) => step !== undefined),
		steps: steps.filter((step) => step !== false),
	});
}
