import { type Allotment, allot, type GpuAsk } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { heldUnits } from '../gpu/holder.ts';
import { unitsOf } from '../gpu/inventory.ts';
import { allotIdle } from '../gpu/shortfall.ts';
import type { GpuWish } from '../gpu/wish.ts';
import type { Project } from '../model/project.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { endedBefore } from './ended-before.ts';
import { grantKey } from './gpu-grant.ts';
import type { Need } from './gpu-needs.ts';
import { restsNow, tellOfResting } from './gpu-notices.ts';
import { leavingOf } from './leaving-containers.ts';
import { oneOffNumber } from './links.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { type GoneContainer, numberOf, numbersMade, type ServiceDecision } from './service-decision.ts';
import { settledJobs } from './settled-jobs.ts';
import type { UpOptions } from './up-options.ts';

export interface GpuInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	readonly plan: Pick<PlanBuilder, 'warn'>;
	/** A one-off that is made too. */
	readonly oneOff?: Declared | undefined;
	/** Containers that go with their volume, by id. */
	readonly gone: ReadonlyMap<string, GoneContainer>;
}

type Services = ReadonlyMap<string, Declared['service']>;

const needsStart = ({ state }: ObservedContainer): boolean => restsNow(state);

/** One container that is to have GPUs. */
export interface Place {
	readonly ask: GpuAsk;
	readonly need: Need;
	/** Set where it is there and is only started. */
	readonly kept?: ObservedContainer;
}

export type Decisions = ReadonlyMap<string, ServiceDecision>;

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
export function serve(needs: readonly Need[], decisions: Decisions, serving: Serving): Served {
	const { box, input, services } = serving;
	const leaving = leavingOf(decisions, input);
	const given = (current: Decisions): Served => {
		const wanted = needs.flatMap((need) => placesOf({ ...need, decision: current.get(need.name) }, serving));
		const places = inSequence(wanted, { services, decisions: current }, input);
		const wishes = places.map(({ ask }) => ask);
		return { ...allot(wishes, { ...box, leaving }), current, places };
	};
	const first = given(decisions);
	if (first.shortages.length === 0) return first;
	// What is only made has nothing yet: who starts it looks again.
	const asks = first.places.map(({ ask }) => ask);
	if (input.options.start === false) return { ...first, ...allotIdle(asks, box) };
	const known = { services: input.project.services, containers: input.state.containers, named: input.options.services };
	const settled = settledJobs({ ...known, decisions });
	const jobs = new Map([...settled].filter(([name]) => first.places.some(({ need }) => need.name === name)));
	if (jobs.size === 0) return first;
	tellOfResting(jobs, input);
	return given(
		new Map([...decisions].map(([name, one]) => [name, jobs.has(name) ? { ...one, rests: true } : one] as const)),
	);
}

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
