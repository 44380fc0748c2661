import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerName, isNamed, looksTemporary } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { divergence } from './divergence.ts';
import { type Reason, reasonText } from './reason.ts';
import { replicasOf } from './select-services.ts';
import {
	type DecisionInput,
	isBroken,
	numberOf,
	type ServiceDecision,
	type SurplusContainer,
} from './service-decision.ts';
import { type Sharing, sharingOf } from './shared-reference.ts';
import { isActive } from './stops.ts';
import type { RecreatePolicy, UpOptions } from './up-options.ts';

/** Decides from the lists alone. Surplus goes from the front of: out of date first, the oldest of them; then the highest number. */
export function decideService(name: string, service: Service, input: DecisionInput): ServiceDecision {
	const wanted = replicasOf(name, service, input.options.scale);
	const sharing: Sharing = wanted === 0 ? { settled: service, open: [] } : sharingOf(name, service, input);
	const { found, leftovers, replaced } = withoutTwins(judge({ name, service }, sharing, input));
	const surplus = found.slice(0, Math.max(0, found.length - wanted));
	const rest = found.slice(surplus.length).sort((a, b) => numberOf(a.container) - numberOf(b.container));
	const highest = Math.max(0, ...found.map(({ container }) => numberOf(container)));
	const reason = `replicas: ${found.length} → ${wanted}`;
	const successorOf = (left: Judged): Partial<Pick<SurplusContainer, 'replacedBy'>> => {
		const next = replaced.get(left);
		return next !== undefined && rest.includes(next) ? { replacedBy: next.container } : {};
	};
	return {
		kept: rest.filter(({ reasons }) => reasons.length === 0).map(({ container }) => container),
		recreated: rest.filter(({ reasons }) => reasons.length > 0),
		surplus: [
			...leftovers.map((left) => ({
				container: left.container,
				reason: 'an earlier replacement broke off',
				isLeftover: true,
				...successorOf(left),
			})),
			...surplus.map(({ container }) => ({ container, reason, isLeftover: false })),
		],
		created: Array.from({ length: Math.max(0, wanted - found.length) }, (_, index) => highest + 1 + index),
	};
}

interface Judged {
	readonly container: ObservedContainer;
	/** Empty: up to date. */
	readonly reasons: readonly string[];
	readonly hasOtherName: boolean;
}

/**
 * Two containers of one number are a replacement that was cut off, for only one of them can have the name of that number:
 * the better one stays. Where it was never started, the replacement goes on: `replaced` tells for the old one, which has
 * proved that it can run, what takes its place.
 */
function withoutTwins(judged: readonly Judged[]): {
	readonly found: readonly Judged[];
	readonly leftovers: readonly Judged[];
	readonly replaced: ReadonlyMap<Judged, Judged>;
} {
	const leftovers = new Set<Judged>();
	const replaced = new Map<Judged, Judged>();
	for (const twins of Map.groupBy(judged, ({ container: { number, id } }) => number ?? id).values()) {
		if (!twins.some(({ hasOtherName }) => hasOtherName)) continue;
		const [best, ...worse] = twins.sort(byWorth);
		for (const each of worse) leftovers.add(each);
		const old = worse.find(({ container }) => !isBroken(container) && container.state !== 'created');
		if (best?.container.state === 'created' && best.reasons.length === 0 && old !== undefined) replaced.set(old, best);
	}
	return {
		found: judged.filter((one) => !leftovers.has(one)),
		leftovers: judged.filter((one) => leftovers.has(one)),
		replaced,
	};
}

/** One that needs nothing, then one that was ever started, one that runs, one that has its name, or none of a replacement. */
function byWorth(a: Judged, b: Judged): number {
	const worth = ({ container, reasons, hasOtherName }: Judged): readonly number[] => [
		Number(isBroken(container)),
		Number(reasons.length > 0),
		Number(container.state === 'created'),
		Number(!isActive(container)),
		Number(hasOtherName),
		Number(looksTemporary(container.name)),
	];
	const [left, right] = [worth(a), worth(b)];
	const at = left.findIndex((value, index) => value !== right[index]);
	return at === -1 ? byId(a, b) : (left[at] ?? 0) - (right[at] ?? 0);
}

const byId = (a: Judged, b: Judged): number => (a.container.id < b.container.id ? -1 : 1);

function judge(declared: Declared, sharing: Sharing, input: DecisionInput): readonly Judged[] {
	const policy = policyFor(declared.name, input.options);
	return input.state.containers
		.filter(({ id, service, oneOff }) => service === declared.name && !oneOff && !input.gone.has(id))
		.map((container) => ({
			container,
			reasons: isBroken(container)
				? [`state: ${container.state}`]
				: reasonsToRecreate(container, declared, { ...input, sharing, policy }),
			hasOtherName: !isNamed(container.name, finalName(container, declared, input.project)),
		}))
		.sort(bySurplusOrder);
}

const finalName = (container: ObservedContainer, { name, service }: Declared, project: Project): string =>
	containerName(project, name, { service, number: numberOf(container) });

function bySurplusOrder(a: Judged, b: Judged): number {
	const outOfDate = Number(b.reasons.length > 0) - Number(a.reasons.length > 0);
	if (outOfDate !== 0) return outOfDate;
	const older = a.reasons.length > 0 ? (b.container.newer ?? 0) - (a.container.newer ?? 0) : 0;
	return older || numberOf(b.container) - numberOf(a.container) || byId(a, b);
}

/** `--no-recreate` beats all else that asks for a recreation, as with docker compose. */
function policyFor(name: string, options: UpOptions): RecreatePolicy {
	const { services = [], recreate = 'diverged', renewAnonymousVolumes = false, alwaysRecreateDeps = false } = options;
	if (recreate === 'never') return 'never';
	const isNamed = services.length === 0 || services.includes(name);
	if (isNamed ? renewAnonymousVolumes : alwaysRecreateDeps) return 'force';
	return isNamed ? recreate : 'diverged';
}

function reasonsToRecreate(
	container: ObservedContainer,
	declared: Declared,
	input: DecisionInput & { readonly sharing: Sharing; readonly policy: RecreatePolicy },
): readonly string[] {
	if (input.policy === 'never') return [];
	const pending = input.pending.get(declared.name);
	const found = divergence(container, declared, input);
	const reasons: readonly Reason[] = [
		...(input.policy === 'force' ? [{ words: 'recreation was asked for' }] : []),
		...(pending === undefined
			? found
			: [...found.filter(({ field }) => field !== 'image'), { field: 'image', words: pending }]),
		...(input.options.drifted?.get(container.name) ?? []),
	];
	return reasons.map(reasonText);
}
