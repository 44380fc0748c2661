import { type GpuUnit, type Inventory, resolveUnits, unitsOf } from './inventory.ts';
import { type GpuWish, holdsNone } from './wish.ts';

/** On what terms GPUs are asked for or held. */
export interface GpuTerms {
	/** Others that share may be beside it. */
	readonly share: boolean;
	/** Bytes on each GPU. */
	readonly memory?: number | undefined;
}

/** A container that has GPUs, or had them when it ran. */
export interface GpuContainer {
	readonly id: string;
	readonly name: string;
	readonly project?: string | undefined;
	readonly user?: string | undefined;
	/** Seconds since the epoch. */
	readonly since?: number | undefined;
	readonly state: string;
	/** Whether its GPUs are its own now; one that ended has given them back. */
	readonly holds: boolean;
	readonly wish: GpuWish;
	readonly terms: GpuTerms;
}

/** Who has a GPU, for people. */
export interface Holder {
	readonly kind: 'container' | 'process' | 'plan' | 'ticket';
	readonly name: string;
	readonly project?: string | undefined;
	readonly user?: string | undefined;
	readonly since?: number | undefined;
}

export interface Claim {
	readonly unit: string;
	readonly holder: Holder;
	readonly terms: GpuTerms;
	readonly containerId?: string | undefined;
	/** Of the process, where no container holds it. */
	readonly pid?: number | undefined;
}

/** The units a container has: a count means the first ones, as the engine counts. */
export function heldUnits({ wish }: Pick<GpuContainer, 'wish'>, units: readonly GpuUnit[]): readonly GpuUnit[] {
	const { vendor, all, count, named } = wish;
	if (all) return resolveUnits('all', vendor, units);
	const found = named.flatMap((id) => resolveUnits(id, vendor, units));
	const counted = units.filter(({ gpu }) => gpu.vendor === vendor && gpu.index < count - named.length);
	return [...new Set([...found, ...counted])];
}

/** Somebody who waits for GPUs, as others see it. */
export interface Waiting {
	/** Of the ticket: lower ones were first. */
	readonly number: number;
	/** Undefined where the ticket does not tell: then it may be anything. */
	readonly asks: readonly WaitingAsk[] | undefined;
	readonly project?: string | undefined;
	readonly user?: string | undefined;
	/** Seconds since the epoch, by the engine's clock. */
	readonly since?: number | undefined;
}

export interface WaitingAsk {
	readonly key: string;
	readonly wish: GpuWish;
	readonly terms: GpuTerms;
}

export interface ClaimsInput {
	readonly inventory: Inventory;
	readonly containers: readonly GpuContainer[];
	/** From how many bytes a process without a container counts. */
	readonly busyBytes: number;
	/** Those who wait and come before the one who asks. */
	readonly queue?: readonly Waiting[] | undefined;
}

/** Who has what: containers that hold, and processes that no holder's container explains. */
export function claimsOf({ inventory, containers, busyBytes }: ClaimsInput): readonly Claim[] {
	const units = unitsOf(inventory);
	const held = containers
		.filter(({ holds, wish }) => holds && !holdsNone(wish))
		.flatMap((container) => heldUnits(container, units).map((unit) => containerClaim(container, unit)));
	return [...held, ...processClaims(units, held, { containers, busyBytes })];
}

const containerClaim = (container: GpuContainer, unit: GpuUnit): Claim => {
	const { id, name, project, user, since, terms } = container;
	return { unit: unit.id, holder: { kind: 'container', name, project, user, since }, terms, containerId: id };
};

function processClaims(
	units: readonly GpuUnit[],
	held: readonly Claim[],
	{ containers, busyBytes }: Pick<ClaimsInput, 'containers' | 'busyBytes'>,
): readonly Claim[] {
	const observers = new Set(containers.filter(({ wish }) => wish.observes).map(({ id }) => id));
	return units.flatMap((unit) =>
		unit.gpu.processes
			.filter(({ memory, containerId }) => {
				if (containerId === undefined) return memory >= busyBytes;
				if (observers.has(containerId)) return false;
				return (
					memory >= busyBytes && !held.some((claim) => claim.unit === unit.id && claim.containerId === containerId)
				);
			})
			.map(({ pid, program, user, containerId }) => ({
				unit: unit.id,
				holder: { kind: 'process' as const, name: `${program} (process ${pid}${placeOf(containerId)})`, user },
				terms: { share: false },
				containerId,
				pid,
			})),
	);
}

/** A container that asked for no GPU and has one all the same, a privileged one most likely. */
const placeOf = (containerId: string | undefined): string =>
	containerId === undefined ? '' : ` in container ${containerId.slice(0, 12)}`;
