import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SeenTicket } from '../../../src/queue/queue.ts';
import { cancelTicket } from '../../../src/use-cases/cancel-ticket.ts';

const ticket = (standing: SeenTicket['standing'], user: string): SeenTicket => ({
	number: 3,
	asks: [],
	standing,
	owner: { host: 'lab', machine: 'm', boot: 'b', namespace: 'n', pid: 7, started: '1', user, token: 't' },
});

const cases = [
	{ when: 'it is one’s own', of: ticket('alive', 'ann'), asks: false },
	{ when: 'somebody else waits with it', of: ticket('alive', 'bob'), asks: true },
	{ when: 'nobody can tell whether somebody else waits with it', of: ticket('unknown', 'bob'), asks: true },
	{ when: 'who waited with it has ended', of: ticket('dead', 'bob'), asks: false },
	{ when: 'it does not tell whose it is', of: { ...ticket('unknown', 'bob'), owner: undefined }, asks: false },
] as const;

describe('taking a ticket away', () => {
	for (const { when, of, asks } of cases) {
		for (const answer of [true, false]) {
			test(`${asks ? 'is asked about' : 'asks nothing'} where ${when}, and a ${answer ? 'yes' : 'no'} is heeded`, async () => {
				const gone: number[] = [];
				let asked = 0;
				const agrees = async (): Promise<boolean> => {
					asked += 1;
					return answer;
				};
				const queue = {
					list: async () => [of],
					cancel: async (number: number) => {
						gone.push(number);
					},
				};
				const { isCancelled } = await cancelTicket(queue, '3', { user: 'ann', agrees });
				assert.equal(asked, asks ? 1 : 0);
				assert.equal(isCancelled, !asks || answer);
				assert.deepEqual(gone, isCancelled ? [3] : []);
			});
		}
	}

	test('names those that there are where there is no such one', async () => {
		const queue = { list: async () => [ticket('alive', 'ann')], cancel: async () => assert.fail() };
		await assert.rejects(cancelTicket(queue, '9', { user: 'ann', agrees: async () => true }), {
			code: 'GPU_TICKET_GONE',
			hint: 'Name one of 3, as `labc gpu queue` lists them.',
		});
	});
});
