import {
	type GpuProcess,
	type GpuUnit,
	type Inventory,
	knownUnits,
	possibleUnits,
	resolveUnits,
	unitsOf,
} from './inventory.ts';
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
	/** Of a project's container: `trainer-2`, as what is reserved for it is called. */
	readonly key?: string | undefined;
	readonly user?: string | undefined;
	/** Seconds since the epoch. */
	readonly since?: number | undefined;
	readonly state: string;
	/** Where its GPUs are in the machine, as labc wrote it on it: `0`, `4:1`. */
	readonly places?: readonly string[] | undefined;
	/** Whether its GPUs are its own now; one that ended has given them back. */
	readonly holds: boolean;
	readonly wish: GpuWish;
	readonly terms: GpuTerms;
}

/** Who has a GPU, for people. */
export interface Holder {
	readonly kind: 'container' | 'process' | 'plan' | 'reserved' | 'ticket';
	readonly name: string;
	/** Of a container that does not run and holds all the same, since the engine starts it again. */
	readonly state?: string | undefined;
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
export function heldUnits(
	{ wish, places = [] }: Pick<GpuContainer, 'wish' | 'places'>,
	units: readonly GpuUnit[],
): readonly GpuUnit[] {
	const { vendor, all, count, named } = wish;
	if (all) return resolveUnits('all', vendor, units);
	const isKnown = (id: string): boolean => knownUnits(id, vendor, units).length > 0;
	// Another view of the same machine may know by their places alone what labc has chosen; one that knows UUIDs knows them all.
	const isByPlaces = !named.every(isKnown) && places.length > 0 && places.every(isKnown) && !knowsUuids(vendor, units);
	const ids = isByPlaces ? places : named;
	const found = ids.flatMap((id) => resolveUnits(id, vendor, units));
	const counted = units.filter(({ gpu }) => gpu.vendor === vendor && gpu.index < count - named.length);
	return [...new Set([...found, ...counted])];
}

const knowsUuids = (vendor: GpuWish['vendor'], units: readonly GpuUnit[]): boolean =>
	units.some(({ id, gpu }) => gpu.vendor === vendor && /^(GPU|MIG)-/.test(id));

/** Ids of GPUs that have left the machine. */
export const lostIds = (
	{ wish: { vendor, named } }: Pick<GpuContainer, 'wish'>,
	inventory: Inventory,
): readonly string[] =>
	named.filter(
		(id) =>
			resolveUnits(id, vendor, unitsOf(inventory)).length === 0 && possibleUnits(id, vendor, inventory).length === 0,
	);

/** The same where each of its ids is known, and else all that it may have besides: they are somewhere. */
export function claimedUnits(
	container: Pick<GpuContainer, 'wish' | 'places'>,
	inventory: Inventory,
): readonly GpuUnit[] {
	const units = unitsOf(inventory);
	const { vendor, named } = container.wish;
	const held = heldUnits(container, units);
	const isPlaced = (container.places ?? []).length === held.length && held.length > 0;
	const lost = isPlaced ? [] : named.filter((id) => resolveUnits(id, vendor, units).length === 0);
	return [...new Set([...held, ...lost.flatMap((id) => possibleUnits(id, vendor, inventory))])];
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

/** What somebody was given and whose containers do not run yet. */
export interface Reservation {
	readonly project?: string | undefined;
	readonly user?: string | undefined;
	/** Seconds since the epoch, by the engine's clock. */
	readonly since?: number | undefined;
	/** Undefined where nobody can read it, as another labc may write otherwise: then it may be all. */
	readonly holds: readonly ReservedGpus[] | undefined;
}

export interface ReservedGpus {
	/** The container it is for: `trainer-2`. */
	readonly key: string;
	readonly ids: readonly string[];
	readonly terms: GpuTerms;
}

export interface ClaimsInput {
	readonly inventory: Inventory;
	readonly containers: readonly GpuContainer[];
	/** Of others. */
	readonly reserved?: readonly Reservation[] | undefined;
	/** From how many bytes a process without a container counts. */
	readonly busyBytes: number;
	/** Those who wait and come before the one who asks. */
	readonly queue?: readonly Waiting[] | undefined;
	/** Ids of containers that go: what they have is no obstacle. */
	readonly leaving?: readonly string[] | undefined;
}

/** Who has what: containers that hold, and processes that no holder's container explains. */
export function claimsOf({ inventory, containers, reserved = [], busyBytes }: ClaimsInput): readonly Claim[] {
	const units = unitsOf(inventory);
	const held = containers
		.filter(({ holds }) => holds)
		.flatMap(byMaker)
		.filter(({ wish }) => !holdsNone(wish))
		.flatMap((container) => claimedUnits(container, inventory).map((unit) => containerClaim(container, unit)));
	const kept = reserved.flatMap((reservation) => reservedClaims(reservation, { inventory, containers }));
	return [...held, ...kept, ...processClaims(units, held, { containers, busyBytes })];
}

const byMaker = (container: GpuContainer): readonly GpuContainer[] => {
	const { also } = container.wish;
	return also === undefined ? [container] : [container, { ...container, wish: also }];
};

/** What its container has by now, on the same terms, is the container's own: not more than that, as it may be the one that is replaced. */
function reservedClaims(
	{ project, user, since, holds }: Reservation,
	{ inventory, containers }: Pick<ClaimsInput, 'inventory' | 'containers'>,
): readonly Claim[] {
	const units = unitsOf(inventory);
	if (holds === undefined) {
		const holder: Holder = {
			kind: 'reserved',
			name: 'somebody of whom this labc can’t read what for',
			project,
			user,
			since,
		};
		return units.map(({ id }) => ({ unit: id, holder, terms: { share: false } }));
	}
	const unitsNamed = (id: string): readonly GpuUnit[] => {
		const vendor = id.startsWith('amd.com/') ? 'amd' : 'nvidia';
		const found = resolveUnits(id, vendor, units);
		return found.length > 0 ? found : possibleUnits(id, vendor, inventory);
	};
	const unitsOwned = (reserved: ReservedGpus): readonly GpuUnit[] =>
		project === undefined
			? []
			: containers
					.filter((one) => one.holds && one.project === project && one.key === reserved.key)
					.filter((one) => isAlike(one.terms, reserved.terms))
					.flatMap((one) => claimedUnits(one, inventory));
	return holds.flatMap((reserved) => {
		const holder: Holder = { kind: 'reserved', name: reserved.key, project, user, since };
		const owned = new Set(unitsOwned(reserved).map(({ id }) => id));
		const open = reserved.ids.flatMap(unitsNamed).filter(({ id }) => !owned.has(id));
		return open.map(({ id }): Claim => ({ unit: id, holder, terms: reserved.terms }));
	});
}

const isAlike = (left: GpuTerms, right: GpuTerms): boolean =>
	left.share === right.share && left.memory === right.memory;

const containerClaim = (container: GpuContainer, unit: GpuUnit): Claim => {
	const { id, name, project, user, since, state, terms } = container;
	const rest = state === 'exited' ? { state } : {};
	return { unit: unit.id, holder: { kind: 'container', name, project, user, since, ...rest }, terms, containerId: id };
};

function processClaims(
	units: readonly GpuUnit[],
	held: readonly Claim[],
	{ containers, busyBytes }: Pick<ClaimsInput, 'containers' | 'busyBytes'>,
): readonly Claim[] {
	const observers = new Set(containers.filter(({ wish }) => wish.observes).map(({ id }) => id));
	// A container's process can be nowhere but on what the container has of that GPU.
	const gpus = new Map(units.map(({ id, gpu }) => [id, gpu.id]));
	const isExplained = ({ containerId }: GpuProcess, { gpu }: GpuUnit): boolean =>
		containerId !== undefined &&
		(observers.has(containerId) ||
			held.some((claim) => gpus.get(claim.unit) === gpu.id && claim.containerId === containerId));
	return units.flatMap((unit) =>
		unit.gpu.processes
			.filter(({ slice }) => slice === undefined || slice === unit.id)
			.filter((process) => mostMemory(process, unit.gpu) >= busyBytes && !isExplained(process, unit))
			.map(({ pid, program, user, since, containerId }) => ({
				unit: unit.id,
				holder: { kind: 'process' as const, name: `${program}${whereRunning(pid, containerId)}`, user, since },
				terms: { share: false },
				containerId,
				pid,
			})),
	);
}

/** What a process has, or could have at most: what the GPU's others don't explain. */
function mostMemory({ memory }: GpuProcess, { memoryUsed, processes }: GpuUnit['gpu']): number {
	if (memory !== undefined || memoryUsed === undefined) return memory ?? Number.POSITIVE_INFINITY;
	return memoryUsed - processes.reduce((sum, process) => sum + (process.memory ?? 0), 0);
}

/** One in a container that asked for no GPU and has one all the same runs in a privileged one most likely. */
function whereRunning(pid: number | undefined, containerId: string | undefined): string {
	const container = containerId === undefined ? [] : [`in container ${containerId.slice(0, 12)}`];
	const texts = [...(pid === undefined ? [] : [`process ${pid}`]), ...container];
	return texts.length === 0 ? '' : ` (${texts.join(' ')})`;
}
