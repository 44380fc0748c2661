import { LabcError } from '../errors/labc-error.ts';
import type { GpuQueue, SeenTicket } from '../queue/queue.ts';

/** Takes a ticket out of the queue, whoever it is of: who waits with it finds it gone and ends. */
export async function cancelTicket(queue: GpuQueue, word: string): Promise<SeenTicket> {
	const tickets = await queue.list();
	const ticket = tickets.find(({ number }) => String(number) === word);
	if (ticket === undefined) throw unknownTicket(word, tickets);
	await queue.cancel(ticket.number);
	return ticket;
}

const unknownTicket = (word: string, tickets: readonly SeenTicket[]): LabcError =>
	new LabcError('GPU_TICKET_GONE', `there is no ticket \`${word}\` in the queue`, {
		hint:
			tickets.length === 0
				? 'Nobody waits for GPUs of this engine: leave it as it is.'
				: `Name one of ${tickets.map(({ number }) => number).join(', ')}, as \`labc gpu queue\` lists them.`,
	});
