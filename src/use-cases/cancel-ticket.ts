import { LabcError } from '../errors/labc-error.ts';
import type { GpuQueue, SeenTicket } from '../queue/queue.ts';

interface Cancelled {
	readonly ticket: SeenTicket;
	readonly isCancelled: boolean;
}

/**
 * Takes a ticket out of the queue, whoever it is of: who waits with it finds it gone and ends. `agrees` is asked first
 * where somebody else waits with it.
 */
export async function cancelTicket(
	queue: Pick<GpuQueue, 'list' | 'cancel'>,
	word: string,
	{ user, agrees }: { readonly user: string; agrees(ticket: SeenTicket): Promise<boolean> },
): Promise<Cancelled> {
	const tickets = await queue.list();
	const ticket = tickets.find(({ number }) => String(number) === word);
	if (ticket === undefined) throw unknownTicket(word, tickets);
	const isOthers = ticket.standing !== 'dead' && ticket.owner !== undefined && ticket.owner.user !== user;
	if (isOthers && !(await agrees(ticket))) return { ticket, isCancelled: false };
	await queue.cancel(ticket.number);
	return { ticket, isCancelled: true };
}

const unknownTicket = (word: string, tickets: readonly SeenTicket[]): LabcError =>
	new LabcError('GPU_TICKET_GONE', `there is no ticket \`${word}\` in the queue`, {
		hint:
			tickets.length === 0
				? 'Nobody waits for GPUs of this engine: leave it as it is.'
				: `Name one of ${tickets.map(({ number }) => number).join(', ')}, as \`labc gpu queue\` lists them.`,
	});
