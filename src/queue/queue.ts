import type { Engine } from '../engine/engine.ts';
import type { VolumeApi } from '../engine/volume-api.ts';
import type { Reservation } from '../gpu/holder.ts';
import type { Liveness } from '../lock/judge-owner.ts';
import { type LockVolume, listNumbered, numberedIn } from '../lock/lock-volume.ts';
import { describeOwner, type Owner, ownerLabels, readOwner } from '../lock/owner.ts';
import { removeOwn, removeQuietly } from '../lock/remove-own.ts';
import { type Processes, realProcesses } from '../lock/this-process.ts';
import { makeNumbered } from './numbered.ts';
import { type ReservationRequest, readReservation, reservationLabels, reservationPrefix } from './reservation.ts';
import { judgeVolumes, type Signs, signPrefix, signsOf } from './signs-of-life.ts';
import { readTicket, type Ticket, type TicketRequest, ticketLabels, ticketName, ticketPrefix } from './ticket.ts';

export interface SeenTicket extends Ticket {
	/** `own`: of this command. */
	readonly standing: Liveness | 'own';
}

/** The queue for an engine's GPUs, as one command takes part in it. */
export interface GpuQueue {
	/** Every ticket, lowest first; those of the dead count for nothing. */
	list(): Promise<readonly SeenTicket[]>;
	/** Removes what the dead have left. Only for who has the lock on GPUs: others make tickets meanwhile. */
	sweep(): Promise<readonly SeenTicket[]>;
	/** Goes to the end of the queue, or stays where it stands in it. Only for who has the lock on GPUs. */
	take(request: TicketRequest): Promise<void>;
	/** Gives its own place back; nobody else's. */
	leave(): Promise<void>;
	/** Takes anybody's place away, and leaves word who did. */
	cancel(number: number): Promise<void>;
	/** Who has taken one's own place away, where that was told. */
	cancelledBy(): Promise<string | undefined>;
	/** What others were given and does not run yet. */
	reserved(): Promise<readonly Reservation[]>;
	/** Keeps what was chosen until it runs. Only for who has the lock on GPUs. */
	reserve(request: ReservationRequest): Promise<void>;
	/** Ends one's own reservation. */
	release(): Promise<void>;
}

export interface QueueTools {
	readonly engine: VolumeApi & Pick<Engine, 'machine'>;
	/** Passes over owners of whom nobody here can tell whether they live. */
	readonly breaksUnknown: boolean;
	/** Simulations have processes of their own. */
	readonly processes?: Processes;
}

/** Of all that this folder makes. */
const commonPrefix = 'labc-gpu-';

/**
 * A ticket is made under the lock on GPUs, with the number behind the highest: so numbers only rise as long as there
 * are any, and a low one was first. Whoever wants to know what is before it needs no lock to look.
 */
export function queueOn({ engine, breaksUnknown, processes = realProcesses }: QueueTools): GpuQueue {
	const owner = processes.self();
	const judged = async (found: readonly LockVolume[]): Promise<readonly Judged[]> => {
		const volumes = found.map(({ volume }) => volume);
		const standings = await judgeVolumes(volumes, { engine, owner, breaksUnknown, processes });
		return found.map((each, index) => ({ ...each, standing: standings[index] ?? 'unknown' }));
	};
	const part = { engine, owner, judged, signs: signsOf(engine, owner) };
	return { ...ticketsIn(part), ...notesIn(part), ...reservationsIn(part) };
}

interface Judged extends LockVolume {
	readonly standing: SeenTicket['standing'];
}

/** One command's part in the queue. */
interface Part {
	readonly engine: VolumeApi;
	readonly owner: Owner;
	readonly signs: Signs;
	judged(found: readonly LockVolume[]): Promise<readonly Judged[]>;
}

function ticketsIn({ engine, owner, judged, signs }: Part): Pick<GpuQueue, 'list' | 'sweep' | 'take' | 'leave'> {
	let hasPlace = false;
	return {
		list: async () => (await judged(await listNumbered(engine, ticketPrefix))).map(seenTicket),
		async sweep() {
			const volumes = await engine.listVolumes({ namePrefix: commonPrefix });
			const kinds = [ticketPrefix, reservationPrefix, signPrefix, notePrefix];
			const all = await judged(kinds.flatMap((prefix) => numberedIn(volumes, prefix)));
			const dead = all.filter(({ standing }) => standing === 'dead');
			await Promise.all(dead.map(({ volume }) => removeQuietly(volume.name, engine)));
			const tickets = all.filter(({ volume }) => volume.name.startsWith(ticketPrefix));
			return tickets.filter(({ standing }) => standing !== 'dead').map(seenTicket);
		},
		async take(request) {
			if (hasPlace) return;
			hasPlace = true;
			signs.need('a place');
			await makeNumbered(engine, ticketPrefix, { labels: ticketLabels(owner, request), owner });
		},
		async leave() {
			if (!hasPlace) return;
			hasPlace = false;
			await removeOwn(ticketPrefix, owner, engine);
			await signs.end('a place');
		},
	};
}

const seenTicket = ({ number, volume, standing }: Judged): SeenTicket => ({
	...readTicket(number, volume),
	standing,
});

/** Word for who waits, of who took its ticket away; it carries the owner of the ticket, and goes with it. */
const notePrefix = 'labc-gpu-cancelled.';
const noteLabel = 'labc.gpu.cancelled-by';

const notesIn = ({ engine, owner }: Part): Pick<GpuQueue, 'cancel' | 'cancelledBy'> => ({
	async cancel(number) {
		const found = (await listNumbered(engine, ticketPrefix)).find((each) => each.number === number);
		const waiter = found && readOwner(found.volume.labels);
		if (waiter !== undefined) {
			const labels = { ...ownerLabels(waiter), [noteLabel]: describeOwner(owner) };
			await engine.createVolume({ name: `${notePrefix}${number}` }, labels);
		}
		await removeQuietly(ticketName(number), engine);
	},
	async cancelledBy() {
		const notes = await listNumbered(engine, notePrefix);
		const own = notes.find(({ volume }) => readOwner(volume.labels)?.token === owner.token);
		await removeOwn(notePrefix, owner, engine);
		return own?.volume.labels[noteLabel];
	},
});

function reservationsIn(part: Part): Pick<GpuQueue, 'reserved' | 'reserve' | 'release'> {
	const { engine, owner, judged, signs } = part;
	let hasReserved = false;
	return {
		async reserved() {
			const all = await judged(await listNumbered(engine, reservationPrefix));
			const others = all.filter(({ standing }) => standing !== 'own' && standing !== 'dead');
			return others.map(({ volume }) => readReservation(volume));
		},
		async reserve(request) {
			hasReserved = true;
			signs.need('a reservation');
			const labels = { ...reservationLabels(request), ...ownerLabels(owner) };
			await makeNumbered(engine, reservationPrefix, { labels, owner });
		},
		async release() {
			if (!hasReserved) return;
			hasReserved = false;
			await removeOwn(reservationPrefix, owner, engine);
			await signs.end('a reservation');
		},
	};
}
