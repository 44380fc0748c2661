import { containerName, isTemporaryName, replacedName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { addCreation } from './add-creation.ts';
import { replicaSpec } from './container-spec.ts';
import { handedOn } from './hand-on-names.ts';
import type { ContainerReference, StepId, UndoStep } from './plan.ts';
import { type PlannedContainer, planStart, type ServiceRequest } from './plan-start.ts';
import { freed, type Removal } from './plan-surplus.ts';
import { isBroken, numberOf, type RecreatedContainer } from './service-decision.ts';
import { madeBy } from './shared-reference.ts';
import { isActive } from './stops.ts';

/**
 * Replaces containers with as little time without them as can be: the new one is made beside the old one, which is
 * stopped and put aside only when all that the start waits for is there, and removed when the new one has started.
 */
export function planRecreation(
	{ recreated, resumed, surplus }: Replacements,
	request: ServiceRequest,
): readonly PlannedContainer[] {
	const made = recreated.map(
		(one): Begun => ({ old: one.container, replacement: planReplacement(one, surplus, request) }),
	);
	const begun = [
		...resumed.map(({ old, successor: { name, id } }): Begun => ({ old, replacement: { name, id } })),
		...made,
	];
	const dependents = begun.length === 0 ? [] : stopDependents(madeSteps(begun), request);
	return begun.map(({ old, replacement }) => {
		if (isBroken(old)) return planNewStart(replacement, dependents, request);
		return planExchange(old, { replacement, dependents, surplus }, request);
	});
}

interface Replacements {
	readonly recreated: readonly RecreatedContainer[];
	readonly resumed: readonly ResumedExchange[];
	readonly surplus: readonly Removal[];
}

/** A replacement that an earlier run has made and not started. */
export interface ResumedExchange {
	readonly old: ObservedContainer;
	readonly successor: ObservedContainer;
}

interface Begun {
	readonly old: ObservedContainer;
	/** The new container, under the name it has until the old one is aside. */
	readonly replacement: ContainerReference;
}

const madeSteps = (begun: readonly Begun[]): readonly StepId[] =>
	begun.flatMap(({ replacement }) => madeBy(replacement) ?? []);

/** Whether an earlier run has taken its name from the container, to give it to another one. */
const isAside = (container: ObservedContainer, request: ServiceRequest): boolean =>
	isTemporaryName(container.name, finalNameOf(container, request));

/** Whether an earlier run has begun to replace it, so that it may be down for that alone. */
const wasBeingReplaced = (old: ObservedContainer, request: ServiceRequest): boolean =>
	isAside(old, request) ||
	request.context.decisions
		.get(request.name)
		?.surplus.some(({ container, isLeftover }) => isLeftover && numberOf(container) === numberOf(old)) === true;

const finalNameOf = (container: ObservedContainer, { name, service, context }: ServiceRequest): string =>
	containerName(context.project, name, { service, number: numberOf(container) });

/** What the engine can't start any more goes first, so that its name is free; so does what an earlier run left. */
function planReplacement(
	{ container, reasons }: RecreatedContainer,
	surplus: readonly Removal[],
	request: ServiceRequest,
): ContainerReference {
	const { name, service, context } = request;
	const { project, state, plan, stops, options, hashForm } = context;
	const number = numberOf(container);
	const renewAnonymousVolumes = options.renewAnonymousVolumes === true;
	const asked = { name, service, number, replaces: container, renewAnonymousVolumes, hashForm };
	const spec = replicaSpec(asked, project, state);
	const { id, name: oldName } = container;
	const remove = { type: 'container.remove', service: name, container: { name: oldName, id } } as const;
	const removed = isBroken(container)
		? (handedOn(container, context) ??
			plan.add({ ...remove, force: true, volumes: false }, reasons, { after: [stops.of(container)] }))
		: undefined;
	if (removed !== undefined) context.asides.set(id, removed);
	const made = removed === undefined ? spec : { ...spec, name: finalNameOf(container, request) };
	const needed = isAside(container, request) ? [made.name, finalNameOf(container, request)] : [made.name];
	const after = [removed, ...needed.flatMap((each) => freed(each, surplus, context))];
	const createdBy = addCreation(made, { name, service, number, reasons, after, replaces: id, context });
	return { name: made.name, createdBy };
}

function planNewStart(
	reference: ContainerReference,
	dependents: readonly StoppedContainer[],
	request: ServiceRequest,
): PlannedContainer {
	const made = madeBy(reference);
	const after = [made, ...dependents.map(({ stopped }) => stopped)];
	return { reference, made, started: planStart(reference, 'new', after, request) };
}

interface StoppedContainer {
	readonly container: ObservedContainer;
	readonly stopped: StepId;
}

/** Services that ask for it with `restart: true` are down while what they depend on is exchanged. */
function stopDependents(created: readonly StepId[], { name, context }: ServiceRequest): readonly StoppedContainer[] {
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
	readonly replacement: ContainerReference;
	readonly dependents: readonly StoppedContainer[];
	readonly surplus: readonly Removal[];
}

function planExchange(old: ObservedContainer, exchange: Exchange, request: ServiceRequest): PlannedContainer {
	const { name: service, conditions, context } = request;
	const { plan, stops } = context;
	const { replacement, dependents, surplus } = exchange;
	const finalName = finalNameOf(old, request);
	const reason = 'replaced';
	const waits = [madeBy(replacement), ...conditions, ...dependents.map(({ stopped }) => stopped)];
	const stopped = stops.replace(old, reason, waits);
	const handed = handedOn(old, context);
	const isInTheWay = old.name === finalName;
	const aside = { name: isInTheWay || handed !== undefined ? replacedName(old.id, finalName) : old.name, id: old.id };
	const putAside = isInTheWay
		? plan.add(
				{ type: 'container.rename', service, container: { name: old.name, id: old.id }, to: aside.name },
				reason,
				{ after: [...waits, stopped] },
			)
		: undefined;
	const out = putAside === undefined ? [...waits, stopped, handed] : [putAside];
	const named =
		replacement.name === finalName
			? undefined
			: plan.add(
					{ type: 'container.rename', service, container: replacement, to: finalName },
					'takes the name of the old one',
					{ after: [...out, ...freed(finalName, surplus, context)] },
				);
	const reference = { ...replacement, name: finalName };
	const reconnected = 'id' in replacement ? (context.ready.reconnected.get(replacement.id) ?? []) : [];
	const place = [...(named === undefined ? out : [named]), ...reconnected];
	const started = planStart(reference, 'takes the place of the old one', place, request);
	const removal = { type: 'container.remove', service, container: aside, force: false, volumes: false } as const;
	const removed = plan.add(removal, reason, { after: started === undefined ? place : [started] });
	if (!isInTheWay && handed === undefined) context.asides.set(old.id, removed);
	planReturn(
		{ old, aside: aside.name, stopped, handed, putAside: putAside ?? handed, named, started },
		exchange,
		request,
	);
	return { reference, made: named, started };
}

interface ExchangeSteps {
	readonly old: ObservedContainer;
	/** The name of the old one while the new one has its own. */
	readonly aside: string;
	readonly stopped: StepId | undefined;
	/** By which it gives up its name for good: another container has it. */
	readonly handed: StepId | undefined;
	readonly putAside: StepId | undefined;
	readonly named: StepId | undefined;
	readonly started: StepId | undefined;
}

/**
 * Should the new one not come up, the old one gets its name back and runs again, and so do those that were stopped for
 * it. One whose network was recreated comes back on the new one.
 */
function planReturn(exchanged: ExchangeSteps, exchange: Exchange, request: ServiceRequest): void {
	const { old, stopped, handed, putAside, named, started } = exchanged;
	const { replacement, dependents } = exchange;
	const { plan, stops, decisions } = request.context;
	const made = madeBy(replacement);
	const rejoins = stops.rejoins(old);
	const comesBack = isActive(old) || (started !== undefined && (made === undefined || wasBeingReplaced(old, request)));
	const isRenamed = handed !== undefined || (isAside(old, request) && comesBack);
	const back = isRenamed ? finalNameOf(old, request) : old.name;
	const start = (undoes: StepId | undefined, { service, id }: ObservedContainer, name: string): UndoStep => ({
		undoes,
		operation: { type: 'container.start', service, container: { name, id } },
		reason: returnReason,
	});
	plan.undo({
		guards: [isActive(old) || !comesBack ? undefined : made, stopped, putAside, named, started].filter(
			(step) => step !== undefined,
		),
		steps: [
			{
				undoes: made,
				operation: {
					type: 'container.remove',
					service: request.name,
					container: replacement,
					force: true,
					volumes: false,
				},
				reason: returnReason,
			},
			...namedAgain(exchanged, { back, surplus: exchange.surplus }, request),
			...rejoins,
			...(comesBack ? [start(rejoins.at(-1)?.undoes ?? (isActive(old) ? stopped : undefined), old, back)] : []),
			...dependents
				.filter(({ container }) => decisions.get(container.service)?.kept.includes(container))
				.map(({ stopped: step, container }) => start(step, container, container.name)),
		],
	});
}

const returnReason = 'its replacement did not come up';

/**
 * Gives the old one its name back. One that an earlier run has put aside gets it when what this plan removes has given it
 * up; one that has given up its name for another container gets the one that it is to have.
 */
function namedAgain(
	{ old, aside, handed, putAside }: ExchangeSteps,
	{ back, surplus }: { readonly back: string; readonly surplus: readonly Removal[] },
	{ name: service, context }: ServiceRequest,
): readonly UndoStep[] {
	if (aside === back) return [];
	const free = (): StepId | undefined => freed(back, surplus, context).at(0);
	const undoes = handed === undefined ? (putAside ?? free()) : (free() ?? handed);
	const container = { name: aside, id: old.id };
	return [{ undoes, operation: { type: 'container.rename', service, container, to: back }, reason: returnReason }];
}
