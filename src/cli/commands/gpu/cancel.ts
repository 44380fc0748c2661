import { LabcError } from '../../../errors/labc-error.ts';
import { describeOwner } from '../../../lock/owner.ts';
import { cancelTicket } from '../../../use-cases/cancel-ticket.ts';
import { defineCommand } from '../../command.ts';
import { queueFor } from '../../gpu-tools.ts';

export const command = defineCommand({
	name: 'gpu cancel',
	summary: 'Take tickets out of the queue for GPUs; who waits with one ends',
	usage: 'labc gpu cancel TICKET...',
	examples: [{ line: 'labc gpu cancel 3', summary: 'The one that `labc gpu queue` lists as 3' }],
	flags: {},
	standalone: true,
	async run(context, _values, words) {
		if (words.length === 0) {
			throw new LabcError('USAGE_INVALID', 'a ticket is needed', {
				hint: 'Write `labc gpu cancel TICKET` with a number that `labc gpu queue` lists.',
			});
		}
		const queue = await queueFor(context);
		for (const word of words) {
			const { number, owner } = await cancelTicket(queue, word);
			await context.terminal.out(`ticket ${number} of ${describeOwner(owner)} is cancelled\n`);
		}
		return 0;
	},
});
