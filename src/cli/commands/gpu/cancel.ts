import { LabcError } from '../../../errors/labc-error.ts';
import { describeOwner } from '../../../lock/owner.ts';
import type { SeenTicket } from '../../../queue/queue.ts';
import { cancelTicket } from '../../../use-cases/cancel-ticket.ts';
import { defineCommand } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { ownUser, queueFor } from '../../gpu-tools.ts';

export const command = defineCommand({
	name: 'gpu cancel',
	summary: 'Take tickets out of the queue for GPUs; who waits with one ends',
	usage: 'labc gpu cancel [OPTIONS] TICKET...',
	examples: [
		{ line: 'labc gpu cancel 3', summary: 'The one that `labc gpu queue` lists as 3' },
		{ line: 'labc gpu cancel -y 3', summary: 'The same, without a question where somebody else waits with it' },
	],
	flags: { yes: { type: 'boolean', short: 'y', summary: 'Do not ask before tickets of others are taken away' } },
	standalone: true,
	async run(context, { yes = false }, words) {
		if (words.length === 0) {
			throw new LabcError('USAGE_INVALID', 'a ticket is needed', {
				hint: 'Write `labc gpu cancel TICKET` with a number that `labc gpu queue` lists.',
			});
		}
		const { terminal, signal } = context;
		const [queue, user] = await Promise.all([queueFor(context), ownUser()]);
		const agrees = async (ticket: SeenTicket): Promise<boolean> =>
			yes ||
			confirm(
				terminal,
				`Take away ticket ${ticket.number} of ${describeOwner(ticket.owner)}, who waits with it?`,
				signal,
			);
		let status = 0;
		for (const word of words) {
			const { ticket, isCancelled } = await cancelTicket(queue, word, { user, agrees });
			if (!isCancelled) status = 1;
			const becomes = isCancelled ? 'is cancelled' : 'stays';
			await terminal.out(`ticket ${ticket.number} of ${describeOwner(ticket.owner)} ${becomes}\n`);
		}
		return status;
	},
});
