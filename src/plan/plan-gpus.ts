import { LabcError } from '../errors/labc-error.ts';
import type { Allotment } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeShortages } from '../gpu/describe.ts';
import { lostIds } from '../gpu/holder.ts';
import type { GpuUnit } from '../gpu/inventory.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { type Shortfall, shortfallOf } from '../gpu/shortfall.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { type Givers, giversOf } from './gpu-givers.ts';
import { type Grant, grantKey, grantOf, notChosen, nothingGranted, notYetGranted } from './gpu-grant.ts';
import { hintOf, isNameless } from './gpu-hints.ts';
import { chosenBefore, hiddenBefore, type Mover, onOtherTerms, withMovers } from './gpu-movers.ts';
import { type Asker, askerOf, type Need, needOf } from './gpu-needs.ts';
import {
	asksInVain,
	isChanged,
	isMadeForGpus,
	tellOfMixed,
	tellOfNone,
	tellOfUnasked,
	tellOfUse,
} from './gpu-notices.ts';
import { type Decisions, type GpuInput, type Place, serve } from './gpu-places.ts';
import { leavingOf } from './leaving-containers.ts';
import { oneOffNumber } from './links.ts';
import { numberOf, numbersMade, type ServiceDecision } from './service-decision.ts';
import { warnOfShm } from './shm-size.ts';

export interface GpuOutcome {
	/** Containers whose GPUs were given away are recreated. */
	readonly decisions: ReadonlyMap<string, ServiceDecision>;
	/** By `grantKey`. */
	readonly grants: ReadonlyMap<string, Grant>;
	readonly givers: Givers;
}

/**
 * Which GPUs the containers get that are made or started. Without a box of GPUs nothing is chosen, and the engine is
 * asked as the file asks. Throws where somebody would get none, before anything is done.
 */
export function planGpus(
	services: ReadonlyMap<string, Declared['service']>,
	decided: ReadonlyMap<string, ServiceDecision>,
	input: GpuInput,
): GpuOutcome {
	const { gpus: box } = input.options;
	const made = [...services].map(([name, service]) => ({ name, service, decision: decided.get(name) }));
	const oneOffs = input.oneOff === undefined ? [] : [{ ...input.oneOff, decision: undefined }];
	if (box === undefined) return ungiven([...made, ...oneOffs], decided, input);
	const found = [...made, ...oneOffs].flatMap((each) => askerOf(each, { ...input, box }));
	const [mixed, all] = [found.filter(({ wish }) => wish.also), found.filter(({ wish }) => !wish.also)];
	tellOfMixed(mixed, input);
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
	const movers = places.flatMap((place) => moverOf(place, granted, box));
	const served = places.map(({ need }) => need);
	const unserved = [...left, ...vain].filter(isChanged);
	for (const one of new Map([...served, ...unserved].map((each) => [each.name, each])).values()) warnOfShm(one, input);
	tellOfUse(newlyGiven(places, granted), box, input);
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

const newlyGiven = (places: readonly Place[], granted: Allotment['granted']): readonly GpuUnit[] =>
	places.flatMap(({ ask }) => (granted.get(ask.key) ?? []).filter(({ id }) => !ask.previous.includes(id)));

/** One that was to be started as it is, and gets other GPUs than it had. */
function moverOf({ ask, need, kept }: Place, granted: Allotment['granted'], box: GpuBox): readonly Mover[] {
	const ids = (granted.get(ask.key) ?? []).map(({ id }) => id);
	if (kept === undefined || ids.every((id) => ask.previous.includes(id))) return [];
	return [{ name: need.name, container: kept, reasons: [isGone(kept, box) ? goneReason : takenReason] }];
}

const takenReason = 'gpus: somebody else has what it had';
const goneReason = 'gpus: what it had is not in the machine any more';

function isGone({ id }: ObservedContainer, { containers, inventory }: GpuBox): boolean {
	const had = containers.find((one) => one.id === id);
	return had !== undefined && lostIds(had, inventory).length > 0;
}
