import { LabcError } from '../errors/labc-error.ts';
import { type Allotment, allot, type GpuAsk } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeShortages } from '../gpu/describe.ts';
import { heldUnits, lostIds } from '../gpu/holder.ts';
import { unitsOf } from '../gpu/inventory.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { allotIdle, type Shortfall, shortfallOf } from '../gpu/shortfall.ts';
import type { GpuWish } from '../gpu/wish.ts';
import type { Project } from '../model/project.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { endedBefore } from './ended-before.ts';
import { type Givers, giversOf } from './gpu-givers.ts';
import { type Grant, grantOf, notChosen, nothingGranted, notYetGranted } from './gpu-grant.ts';
import { hintOf, isNameless } from './gpu-hints.ts';
import { chosenBefore, hiddenBefore, type Mover, onOtherTerms, withMovers } from './gpu-movers.ts';
import { type Asker, askerOf, type Need, needOf } from './gpu-needs.ts';
import {
	asksInVain,
	isChanged,
	isMadeForGpus,
	restsNow,
	tellOfNone,
	tellOfResting,
	tellOfUnasked,
} from './gpu-notices.ts';
import { leavingOf } from './leaving-containers.ts';
import { oneOffNumber } from './links.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { type GoneContainer, numberOf, numbersMade, type ServiceDecision } from './service-decision.ts';
import { settledJobs } from './settled-jobs.ts';
import { warnOfShm } from './shm-size.ts';
import type { UpOptions } from './up-options.ts';

export interface GpuOutcome {
	/** Containers whose GPUs were given away are recreated. */
	readonly decisions: ReadonlyMap<string, ServiceDecision>;
	/** By `grantKey`. */
	readonly grants: ReadonlyMap<string, Grant>;
	readonly givers: Givers;
}

interface GpuInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	readonly plan: Pick<PlanBuilder, 'warn'>;
	/** A one-off that is made too. */
	readonly oneOff?: Declared | undefined;
	/** Containers that go with their volume, by id. */
	readonly gone: ReadonlyMap<string, GoneContainer>;
}

export const grantKey = (service: string, number: number): string =>
	number === oneOffNumber ? `${service} (one-off)` : `${service}-${number}`;

type Services = ReadonlyMap<string, Declared['service']>;

const needsStart = ({ state }: ObservedContainer): boolean => restsNow(state);

/**
 * Which GPUs the containers get that are made or started. Without a box of GPUs nothing is chosen, and the engine is
 * asked as the file asks. Throws where somebody would get none, before anything is done.
 */
export function planGpus(
	services: Services,
	decided: ReadonlyMap<string, ServiceDecision>,
	input: GpuInput,
): GpuOutcome {
	const { gpus: box } = input.options;
	const made = [...services].map(([name, service]) => ({ name, service, decision: decided.get(name) }));
	const oneOffs = input.oneOff === undefined ? [] : [{ ...input.oneOff, decision: undefined }];
	if (box === undefined) return ungiven([...made, ...oneOffs], decided, input);
	const all = [...made, ...oneOffs].flatMap((each) => askerOf(each, { ...input, box }));
	const seers = all.filter(({ settings }) => settings.allot !== false);
	// Who is to have none is not to see any either.
	const isShown = ({ wish }: Asker): boolean => wish.isUnasked === true && box.mode !== 'none';
	const askers = seers.filter((seer) => !isShown(seer));
	const shown = box.inventory.gpus.length === 0 ? [] : seers.filter(isShown);
	tellOfUnasked(shown, input);
	const given = askers.flatMap((asker) => needOf(asker, box));
	const left = all.filter(({ settings }) => settings.allot === false);
	const changed =
		input.options.recreate === 'never'
			? []
			: [...given.flatMap(onOtherTerms), ...left.flatMap(chosenBefore), ...shown.flatMap(hiddenBefore)];
	const decisions = withMovers(decided, changed);
	const needs = given.map((need) => ({ ...need, decision: decisions.get(need.name) }));
	const grants = new Map(
		left.flatMap(({ name }) => keysMade(name, decisions.get(name))).map((key) => [key, notChosen]),
	);
	const dropped = needs.filter(({ isDropped }) => isDropped).flatMap((need) => dropGpus(need, grants, input));
	const vain = askers.filter(({ name }) => !needs.some((need) => need.name === name));
	tellOfNone(vain, box, input);
	const wanting = needs.filter(({ isDropped }) => !isDropped);
	const { current, places, granted, shortages } = serve(wanting, decisions, { services, box, input });
	if (shortages.length > 0) {
		const asks = places.map(({ ask }) => ask);
		requireLater(shortfallOf(asks, shortages, box), input);
	}
	const movers = places.flatMap(({ ask, need, kept }) => {
		const ids = (granted.get(ask.key) ?? []).map(({ id }) => id);
		if (kept === undefined || ids.every((id) => ask.previous.includes(id))) return [];
		return [{ name: need.name, container: kept, reasons: [isGone(kept, box) ? goneReason : takenReason] }];
	});
	const served = places.map(({ need }) => need);
	const unserved = [...left, ...vain].filter(isChanged);
	for (const one of new Map([...served, ...unserved].map((each) => [each.name, each])).values()) warnOfShm(one, input);
	for (const { ask, need } of places) {
		const units = granted.get(ask.key);
		grants.set(
			ask.key,
			units === undefined ? notYetGranted : grantOf(need.service, units, { ...need, user: box.user }),
		);
	}
	const givers = giversOf(places, granted, {
		box,
		containers: input.state.containers,
		leaving: leavingOf(decided, input),
	});
	return { decisions: withMovers(current, [...dropped, ...movers]), grants, givers };
}

/** Nobody looked: what is asked for is left to the engine. */
function ungiven(
	asking: readonly (Declared & Pick<Asker, 'decision'>)[],
	decisions: Decisions,
	input: GpuInput,
): GpuOutcome {
	const asked = asking.filter((one) => isChanged(one) && serviceWish(one.service) !== undefined);
	for (const one of asked) warnOfShm(one, input);
	return { decisions, grants: new Map(), givers: new Map() };
}

type Decisions = ReadonlyMap<string, ServiceDecision>;

interface Serving {
	readonly services: Services;
	readonly box: GpuBox;
	readonly input: GpuInput;
}

interface Served extends Allotment {
	/** What was decided of the services, but for jobs that are not run again. */
	readonly current: Decisions;
	readonly places: readonly Place[];
}

/** Where there are too few for all, jobs that have done what they are for stay as they ended. */
function serve(needs: readonly Need[], decisions: Decisions, serving: Serving): Served {
	const { box, input, services } = serving;
	const leaving = leavingOf(decisions, input);
	const given = (current: Decisions): Served => {
		const wanted = needs.flatMap((need) => placesOf({ ...need, decision: current.get(need.name) }, serving));
		const places = inSequence(wanted, { services, decisions: current }, input);
		const asks = places.map(({ ask }) => ask);
		return { ...allot(asks, { ...box, leaving }), current, places };
	};
	const first = given(decisions);
	if (first.shortages.length === 0) return first;
	// What is only made has nothing yet: who starts it looks again.
	if (input.options.start === false)
		return {
			...first,
			...allotIdle(
				first.places.map(({ ask }) => ask),
				box,
			),
		};
	const known = { services: input.project.services, containers: input.state.containers, named: input.options.services };
	const settled = settledJobs({ ...known, decisions });
	const jobs = new Map([...settled].filter(([name]) => first.places.some(({ need }) => need.name === name)));
	if (jobs.size === 0) return first;
	tellOfResting(jobs, input);
	return given(
		new Map([...decisions].map(([name, one]) => [name, jobs.has(name) ? { ...one, rests: true } : one] as const)),
	);
}

/** Throws but where somebody would wait for what may come free. */
function requireLater(shortfall: Shortfall, { options, plan, project }: GpuInput): void {
	const { isPossible, shortages } = shortfall;
	const message = `${isNameless(shortages) ? '' : 'not enough GPUs: '}${describeShortages(shortages)}`;
	if (options.gpus?.mayWait && isPossible) {
		plan.warn({ severity: 'warning', code: 'GPU_SHORT', message, hint: 'This would wait for them in the queue.' });
		return;
	}
	throw new LabcError('GPU_UNAVAILABLE', message, { cause: shortfall, hint: hintOf(shortfall, project.name) });
}

const keysMade = (name: string, decision: ServiceDecision | undefined): readonly string[] =>
	(decision === undefined ? [oneOffNumber] : numbersMade(decision)).map((number) => grantKey(name, number));

/** Tells each what has ended when it starts: their GPUs are not needed at the same time. */
function inSequence(
	places: readonly Place[],
	{ services, decisions }: { readonly services: Services; readonly decisions: Decisions },
	{ state, options, oneOff }: GpuInput,
): readonly Place[] {
	const starts = (service: string): boolean => {
		const decision = decisions.get(service);
		if (decision === undefined || decision.rests === true) return false;
		return decision.kept.every(needsStart) && decision.kept.length + numbersMade(decision).length > 0;
	};
	const known = new Map([...services, ...(oneOff === undefined ? [] : [[oneOff.name, oneOff.service] as const])]);
	return places.map((place) => {
		const ended = endedBefore(place.need.name, { services: known, scale: options.scale, starts });
		if (ended.size === 0) return place;
		const keys = places.filter(({ need }) => ended.has(need.name)).map(({ ask }) => ask.key);
		const containers = state.containers.filter(({ service, oneOff: isOneOff }) => !isOneOff && ended.has(service));
		return { ...place, ask: { ...place.ask, outlasts: new Set([...keys, ...containers.map(({ id }) => id)]) } };
	});
}

/** Gives the containers that would be started as they are, which ask for GPUs and would fail. */
function dropGpus(
	{ name, service, decision }: Need,
	grants: Map<string, Grant>,
	{ plan, options }: GpuInput,
): readonly Mover[] {
	const isUnwanted = options.gpus?.mode === 'none' && options.recreate !== 'never' ? isMadeForGpus : asksInVain;
	const moved = decision === undefined || options.start === false ? [] : decision.kept.filter(isUnwanted);
	const made = decision === undefined ? [oneOffNumber] : [...numbersMade(decision), ...moved.map(numberOf)];
	const runtime = options.gpus?.inventory.defaultRuntime;
	for (const number of made) grants.set(grantKey(name, number), nothingGranted(service, runtime));
	if (made.length === 0) return [];
	const why = options.gpus?.mode === 'none' ? 'as `--gpus none` asks' : 'for this engine has none';
	const message = `service \`${name}\` runs without a GPU, ${why}`;
	plan.warn({ severity: 'warning', code: 'GPU_DROPPED', message, path: `services.${name}` });
	return moved.map((container) => ({ name, container, reasons: ['gpus: it was made to have some'] }));
}

/** One container that is to have GPUs. */
interface Place {
	readonly ask: GpuAsk;
	readonly need: Need;
	/** Set where it is there and is only started. */
	readonly kept?: ObservedContainer;
}

function placesOf(need: Need, { box, input: { options, gone } }: Serving): readonly Place[] {
	const { decision } = need;
	if (decision === undefined) return [{ ask: askOf(need, oneOffNumber, { previous: [] }), need }];
	const started = options.start === false || decision.rests ? [] : decision.kept.filter(({ state }) => restsNow(state));
	const had = (container: ObservedContainer) => ({
		previous: unitsHad(container, box),
		replaces: [container.id, ...replacedBy(container, decision)],
	});
	const hadBefore = (number: number) => {
		const before = [...gone.values()].find(
			({ container: one }) => one.service === need.name && !one.oneOff && numberOf(one) === number,
		);
		return before === undefined ? { previous: [] } : had(before.container);
	};
	return [
		...decision.created.map((number) => ({ ask: askOf(need, number, hadBefore(number)), need })),
		...decision.recreated.map(({ container }) => ({ ask: askOf(need, numberOf(container), had(container)), need })),
		...started
			.filter(({ id }) => box.containers.some((one) => one.id === id))
			.map((kept) => ({ ask: askOf(need, numberOf(kept), had(kept)), need, kept })),
	].filter(({ ask }) => isForGpus(ask.wish));
}

const takenReason = 'gpus: somebody else has what it had';
const goneReason = 'gpus: what it had is not in the machine any more';

function isGone({ id }: ObservedContainer, { containers, inventory }: GpuBox): boolean {
	const had = containers.find((one) => one.id === id);
	return had !== undefined && lostIds(had, inventory).length > 0;
}

/** Ids of what it was made for to take the place of, by a run that broke off. */
const replacedBy = (successor: ObservedContainer, { surplus }: ServiceDecision): readonly string[] =>
	surplus.filter((one) => one.replacedBy === successor).map(({ container }) => container.id);

const isForGpus = ({ all, count, named }: GpuWish): boolean => all || count > 0 || named.length > 0;

const askOf = (
	{ name, wish, terms, policy }: Need,
	number: number,
	had: Pick<GpuAsk, 'previous' | 'replaces'>,
): GpuAsk => ({ key: grantKey(name, number), wish, terms, policy, ...had });

function unitsHad({ id }: ObservedContainer, { containers, inventory }: GpuBox): readonly string[] {
	const had = containers.find((one) => one.id === id);
	return had === undefined ? [] : heldUnits(had, unitsOf(inventory)).map((unit) => unit.id);
}
