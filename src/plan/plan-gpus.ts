import { LabcError } from '../errors/labc-error.ts';
import { allot, type GpuAsk } from '../gpu/allot.ts';
import type { GpuBox } from '../gpu/box.ts';
import { describeShortage } from '../gpu/describe.ts';
import { heldUnits } from '../gpu/holder.ts';
import { unitsOf } from '../gpu/inventory.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { type Shortfall, shortfallOf } from '../gpu/shortfall.ts';
import type { GpuWish } from '../gpu/wish.ts';
import { parseByteSize } from '../model/byte-size.ts';
import type { Project } from '../model/project.ts';
import { imageReference } from '../state/names.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { type Grant, grantOf, nothingGranted } from './gpu-grant.ts';
import { oneOffNumber } from './links.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { numberOf, type ServiceDecision } from './service-decision.ts';
import { warnOfShm } from './shm-size.ts';
import { readList } from './unread.ts';
import type { UpOptions } from './up-options.ts';

export interface GpuOutcome {
	/** Containers whose GPUs were given away are recreated. */
	readonly decisions: ReadonlyMap<string, ServiceDecision>;
	/** By `grantKey`. */
	readonly grants: ReadonlyMap<string, Grant>;
}

interface GpuInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	readonly plan: Pick<PlanBuilder, 'warn'>;
	/** A one-off that is made too. */
	readonly oneOff?: Declared | undefined;
}

export const grantKey = (service: string, number: number): string =>
	number === oneOffNumber ? `${service} (one-off)` : `${service}-${number}`;

/**
 * Which GPUs the containers get that are made or started. Without a box of GPUs nothing is chosen, and the engine is
 * asked as the file asks. Throws where somebody would get none, before anything is done.
 */
export function planGpus(
	services: Iterable<readonly [string, Declared['service']]>,
	decisions: ReadonlyMap<string, ServiceDecision>,
	input: GpuInput,
): GpuOutcome {
	const { gpus: box } = input.options;
	if (box === undefined) return { decisions, grants: new Map() };
	const made = [...services].map(([name, service]) => ({ name, service, decision: decisions.get(name) }));
	const oneOffs = input.oneOff === undefined ? [] : [{ ...input.oneOff, decision: undefined }];
	const needs = [...made, ...oneOffs].flatMap((each) => needOf(each, box, input));
	const grants = new Map<string, Grant>();
	for (const need of needs.filter(({ isDropped }) => isDropped)) dropGpus(need, grants, input);
	const places = needs.filter(({ isDropped }) => !isDropped).flatMap((need) => placesOf(need, box, input.options));
	const asks = places.map(({ ask }) => ask);
	const { granted, shortages } = allot(asks, box);
	if (shortages.length > 0) requireLater(shortfallOf(asks, shortages, box), input);
	const movers = places.filter(({ ask, kept }) => {
		const ids = (granted.get(ask.key) ?? []).map(({ id }) => id);
		return kept !== undefined && !ids.every((id) => ask.previous.includes(id));
	});
	for (const need of new Set(places.map(({ need: one }) => one))) warnOfShm(need, input);
	for (const { ask, need } of places) {
		const units = granted.get(ask.key) ?? [];
		grants.set(ask.key, grantOf(need.service, units, { ...need, user: box.user }));
	}
	return { decisions: withMovers(decisions, movers), grants };
}

/** Throws but where somebody would wait for what may come free. */
function requireLater(shortfall: Shortfall, { options, plan }: GpuInput): void {
	const message = `not enough GPUs: ${shortfall.shortages.map(describeShortage).join('\n')}`;
	if (options.gpus?.mayWait && shortfall.isPossible) {
		plan.warn({ severity: 'warning', code: 'GPU_SHORT', message, hint: 'This would wait for them in the queue.' });
		return;
	}
	const { isPossible } = shortfall;
	throw new LabcError('GPU_UNAVAILABLE', message, { cause: shortfall, hint: isPossible ? waitHint : neverHint });
}

const waitHint =
	'Give `up` or `run` `--gpu-wait` to queue for them, let services share with `x-labc: {gpu: {share: true}}`, or set LABC_GPU_ALLOT=off.';
const neverHint = 'Ask for what there is, as `labc gpu` lists it, or set LABC_GPU_ALLOT=off.';

/** What a service wants of GPUs, and on which terms. */
interface Need extends Declared, Pick<GpuAsk, 'wish' | 'terms' | 'policy'> {
	readonly decision: ServiceDecision | undefined;
	/** Its containers do without. */
	readonly isDropped: boolean;
}

function needOf(
	{ name, service, decision }: Declared & { readonly decision: ServiceDecision | undefined },
	box: GpuBox,
	{ project, state }: GpuInput,
): readonly Need[] {
	const image = state.images.get(imageReference(project, name, service));
	const wish = serviceWish(service, readList(image?.config['Env']));
	const settings = { ...project.labc.project.gpu, ...project.labc.services.get(name)?.gpu };
	const { share = false, memory, optional = false, policy = 'spread', allot: allots = true } = settings;
	if (wish === undefined || !allots) return [];
	const hasSome = box.inventory.gpus.some(({ vendor }) => vendor === wish.vendor);
	const isDropped = box.mode === 'none' || (!hasSome && (optional || box.mode === 'optional'));
	if (!hasSome && !isDropped) return [];
	const bytes = memory === undefined ? undefined : Number(parseByteSize(String(memory)) ?? 0n);
	const terms = { share, memory: bytes === 0 ? undefined : bytes };
	return [{ name, service, decision, wish, terms, policy, isDropped }];
}

function dropGpus({ name, service, decision }: Need, grants: Map<string, Grant>, { plan, options }: GpuInput): void {
	const numbers = decision === undefined ? [oneOffNumber] : numbersMade(decision);
	for (const number of numbers) grants.set(grantKey(name, number), nothingGranted(service));
	if (numbers.length === 0) return;
	const why = options.gpus?.mode === 'none' ? 'as `--gpus none` asks' : 'for this engine has none';
	const message = `service \`${name}\` runs without a GPU, ${why}`;
	plan.warn({ severity: 'warning', code: 'GPU_DROPPED', message, path: `services.${name}` });
}

const numbersMade = ({ created, recreated }: ServiceDecision): readonly number[] => [
	...created,
	...recreated.map(({ container }) => numberOf(container)),
];

/** One container that is to have GPUs. */
interface Place {
	readonly ask: GpuAsk;
	readonly need: Need;
	/** Set where it is there and is only started. */
	readonly kept?: ObservedContainer;
}

function placesOf(need: Need, box: GpuBox, options: UpOptions): readonly Place[] {
	const { decision } = need;
	if (decision === undefined) return [{ ask: askOf(need, oneOffNumber, { previous: [] }), need }];
	const started = options.start === false ? [] : decision.kept.filter(({ state }) => restsNow(state));
	const had = (container: ObservedContainer) => ({ previous: unitsHad(container, box), replaces: container.id });
	return [
		...decision.created.map((number) => ({ ask: askOf(need, number, { previous: [] }), need })),
		...decision.recreated.map(({ container }) => ({ ask: askOf(need, numberOf(container), had(container)), need })),
		...started
			.filter(({ id }) => box.containers.some((one) => one.id === id))
			.map((kept) => ({ ask: askOf(need, numberOf(kept), had(kept)), need, kept })),
	].filter(({ ask }) => isForGpus(ask.wish));
}

const isForGpus = ({ all, count, named }: GpuWish): boolean => all || count > 0 || named.length > 0;

const restsNow = (state: ObservedContainer['state']): boolean => state === 'exited' || state === 'created';

const askOf = (
	{ name, wish, terms, policy }: Need,
	number: number,
	had: Pick<GpuAsk, 'previous' | 'replaces'>,
): GpuAsk => ({ key: grantKey(name, number), wish, terms, policy, ...had });

function unitsHad({ id }: ObservedContainer, { containers, inventory }: GpuBox): readonly string[] {
	const had = containers.find((one) => one.id === id);
	return had === undefined ? [] : heldUnits(had, unitsOf(inventory)).map((unit) => unit.id);
}

/** A container can't change its GPUs: it is made again with others. */
function withMovers(
	decisions: ReadonlyMap<string, ServiceDecision>,
	movers: readonly Place[],
): ReadonlyMap<string, ServiceDecision> {
	const reasons = ['gpus: somebody else has what it had'];
	return new Map(
		[...decisions].map(([name, decision]) => {
			const moved = movers.filter(({ need }) => need.name === name).flatMap(({ kept }) => kept ?? []);
			if (moved.length === 0) return [name, decision];
			const recreated = [...decision.recreated, ...moved.map((container) => ({ container, reasons }))];
			return [name, { ...decision, kept: decision.kept.filter((one) => !moved.includes(one)), recreated }];
		}),
	);
}
