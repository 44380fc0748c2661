import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerName, isTemporaryName } from '../state/names.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import { divergence } from './divergence.ts';
import { replicasOf } from './select-services.ts';
import type { RecreatePolicy, UpOptions } from './up-options.ts';

/** What becomes of a service's containers. */
export interface ServiceDecision {
	readonly kept: readonly ObservedContainer[];
	readonly recreated: readonly { readonly container: ObservedContainer; readonly reasons: readonly string[] }[];
	readonly surplus: readonly { readonly container: ObservedContainer; readonly reason: string }[];
	/** Numbers of the containers to make. */
	readonly created: readonly number[];
}

export interface DecisionInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
	/** Services whose image is still to be built or pulled, with the words for it. */
	readonly pending: ReadonlyMap<string, string>;
	/** Containers that go before anything else, because their volume does. */
	readonly gone: ReadonlySet<string>;
}

/** Decides from the lists alone. Surplus goes from the front of: out of date first, then the highest number. */
export function decideService(name: string, service: Service, input: DecisionInput): ServiceDecision {
	const wanted = replicasOf(name, service, input.options.scale);
	const found = judge({ name, service }, input);
	const surplus = found.slice(0, Math.max(0, found.length - wanted));
	const rest = found.slice(surplus.length).sort((a, b) => numberOf(a.container) - numberOf(b.container));
	const highest = Math.max(0, ...found.map(({ container }) => numberOf(container)));
	return {
		kept: rest.filter(({ reasons }) => reasons.length === 0).map(({ container }) => container),
		recreated: rest.filter(({ reasons }) => reasons.length > 0),
		surplus: surplus.map((one) => ({ container: one.container, reason: surplusReason(one, found, wanted) })),
		created: Array.from({ length: Math.max(0, wanted - found.length) }, (_, index) => highest + 1 + index),
	};
}

/** Two containers of one number are a replacement that was cut off: nobody asked for fewer. */
function surplusReason(surplus: Judged, found: readonly Judged[], wanted: number): string {
	const twins = found.filter(({ container }) => numberOf(container) === numberOf(surplus.container));
	if (twins.length > 1 && twins.some(({ isLeftover }) => isLeftover)) return 'an earlier replacement broke off';
	return `replicas: ${new Set(found.map(({ container }) => numberOf(container))).size} → ${wanted}`;
}

interface Judged {
	readonly container: ObservedContainer;
	/** Empty: up to date. */
	readonly reasons: readonly string[];
	readonly isLeftover: boolean;
}

function judge(declared: Declared, input: DecisionInput): Judged[] {
	const policy = policyFor(declared.name, input.options);
	return input.state.containers
		.filter(({ id, service, oneOff }) => service === declared.name && !oneOff && !input.gone.has(id))
		.map((container) => ({
			container,
			reasons: reasonsToRecreate(container, declared, { ...input, policy }),
			isLeftover: isTemporaryName(container.name, finalName(container, declared, input.project)),
		}))
		.sort(bySurplusOrder);
}

const finalName = (container: ObservedContainer, { name, service }: Declared, project: Project): string =>
	containerName(project, name, { service, number: numberOf(container) });

export const numberOf = ({ number }: ObservedContainer): number => number ?? 0;

/** A half-made replacement goes before the container that has the name. */
function bySurplusOrder(a: Judged, b: Judged): number {
	const outOfDate = Number(b.reasons.length > 0) - Number(a.reasons.length > 0);
	if (outOfDate !== 0) return outOfDate;
	const number = numberOf(b.container) - numberOf(a.container);
	if (number !== 0) return number;
	return Number(b.isLeftover) - Number(a.isLeftover) || (a.container.id < b.container.id ? -1 : 1);
}

function policyFor(name: string, options: UpOptions): RecreatePolicy {
	const { services = [], recreate = 'diverged', renewAnonymousVolumes = false, alwaysRecreateDeps = false } = options;
	const isNamed = services.length === 0 || services.includes(name);
	if (isNamed ? renewAnonymousVolumes : alwaysRecreateDeps) return 'force';
	return isNamed || recreate === 'never' ? recreate : 'diverged';
}

function reasonsToRecreate(
	container: ObservedContainer,
	declared: Declared,
	input: DecisionInput & { readonly policy: RecreatePolicy },
): readonly string[] {
	if (input.policy === 'never') return [];
	const pending = input.pending.get(declared.name);
	const found = divergence(container, declared, input);
	return [
		...(input.policy === 'force' ? ['recreation was asked for'] : []),
		...(pending === undefined
			? found
			: [...found.filter((reason) => !reason.startsWith('image: ')), `image: ${pending}`]),
	];
}
