import type { VolumeApi } from '../engine/volume-api.ts';
import { judgeOwner, type Liveness } from '../lock/judge-owner.ts';
import { listNumbered } from '../lock/lock-volume.ts';
import { type Owner, readOwner } from '../lock/owner.ts';
import { removeOwn, removeQuietly } from '../lock/remove-own.ts';
import { type Processes, realProcesses } from '../lock/this-process.ts';
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
	/** Takes anybody's place away. */
	cancel(number: number): Promise<void>;
}

export interface QueueTools {
	readonly engine: VolumeApi;
	/** Passes over owners of whom nobody here can tell whether they live. */
	readonly breaksUnknown: boolean;
	/** Simulations have processes of their own. */
	readonly processes?: Processes;
}

/**
 * A ticket is made under the lock on GPUs, with the number behind the highest: so numbers only rise as long as there
 * are any, and a low one was first. Whoever wants to know what is before it needs no lock to look.
 */
export function queueOn({ engine, breaksUnknown, processes = realProcesses }: QueueTools): GpuQueue {
	const owner = processes.self();
	let hasPlace = false;
	const list = async (): Promise<readonly SeenTicket[]> =>
		(await listNumbered(engine, ticketPrefix)).map(({ number, volume }) => {
			const ticket = readTicket(number, volume);
			return { ...ticket, standing: standingOf(ticket.owner) };
		});
	const standingOf = (other: Owner | undefined): SeenTicket['standing'] => {
		if (other?.token === owner.token) return 'own';
		const liveness = judgeOwner(other, owner, processes.probe);
		return liveness === 'unknown' && breaksUnknown ? 'dead' : liveness;
	};
	return {
		list,
		async sweep() {
			const tickets = await list();
			const dead = tickets.filter(({ standing }) => standing === 'dead');
			await Promise.all(dead.map(({ number }) => removeQuietly(ticketName(number), engine)));
			return tickets.filter(({ standing }) => standing !== 'dead');
		},
		async take(request) {
			if (hasPlace) return;
			hasPlace = true;
			const last = (await list()).at(-1)?.number ?? 0;
			for (let number = last + 1; ; number += 1) {
				const made = await engine.createVolume({ name: ticketName(number) }, ticketLabels(owner, request));
				if (readOwner(made.labels)?.token === owner.token) return;
			}
		},
		async leave() {
			if (hasPlace) await removeOwn(ticketPrefix, owner, engine);
		},
		cancel: (number) => removeQuietly(ticketName(number), engine),
	};
}
