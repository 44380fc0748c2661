import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { Engine } from '../../../src/engine/engine.ts';
import type { WaitingAsk } from '../../../src/gpu/holder.ts';
import { type Owner, ownerLabels } from '../../../src/lock/owner.ts';
import { thisProcess } from '../../../src/lock/this-process.ts';
import { queueOn } from '../../../src/queue/queue.ts';
import { ticketName } from '../../../src/queue/ticket.ts';
import { ask } from '../../support/gpu-cases.ts';
import { createInMemoryEngine } from '../../support/in-memory-engine.ts';
import { until } from '../../support/run-tools.ts';

const { key, wish, terms } = ask('t-1', { terms: { share: true, memory: 5 } });
const asks: readonly WaitingAsk[] = [{ key, wish, terms }];
const request = { project: 'lab', asks };

const dead: Partial<Owner> = { started: '1' };
const elsewhere: Partial<Owner> = { boot: 'another', machine: 'another', host: 'other-box', user: 'ben', pid: 7 };

/** A ticket as `owner` made it; of nobody known where none is given. */
const occupy = (engine: Engine, number: number, owner?: Partial<Owner>) =>
	engine.createVolume(
		{ name: ticketName(number) },
		owner === undefined ? {} : ownerLabels({ ...thisProcess(), ...owner }),
	);

const names = (engine: ReturnType<typeof createInMemoryEngine>) => [...engine.world.volumes.keys()].sort();

describe('the queue for GPUs', () => {
	test('tells who waits for what, from the first to the last', async () => {
		const engine = createInMemoryEngine();
		const [first, second] = [queueOn({ engine, breaksUnknown: false }), queueOn({ engine, breaksUnknown: false })];
		await first.take(request);
		await second.take({ ...request, project: 'other' });
		const seen = await second.list();
		assert.deepEqual(
			seen.map(({ number, standing, project, user }) => [number, standing, project, user]),
			[
				[1, 'alive', 'lab', thisProcess().user],
				[2, 'own', 'other', thisProcess().user],
			],
		);
		assert.deepEqual(seen[0]?.asks, asks);
	});

	test('goes on behind the highest number, also where those before have gone', async () => {
		const engine = createInMemoryEngine();
		await occupy(engine, 7, elsewhere);
		const queue = queueOn({ engine, breaksUnknown: false });
		await queue.take(request);
		await queue.take(request);
		assert.deepEqual(names(engine), ['labc-gpu-queue.7', 'labc-gpu-queue.8']);
	});

	test('passes over a number that somebody has made meanwhile', async () => {
		const engine = createInMemoryEngine();
		const late = { ...engine, listVolumes: async () => [] };
		await occupy(engine, 1, elsewhere);
		await queueOn({ engine: late, breaksUnknown: false }).take(request);
		assert.deepEqual(names(engine), ['labc-gpu-queue.1', 'labc-gpu-queue.2']);
	});

	test('is left with one’s own ticket and nobody else’s', async () => {
		const engine = createInMemoryEngine();
		const [one, other] = [queueOn({ engine, breaksUnknown: false }), queueOn({ engine, breaksUnknown: false })];
		await one.take(request);
		await other.take(request);
		await one.leave();
		assert.deepEqual(names(engine), ['labc-gpu-queue.2']);
	});

	test('costs nothing to leave for who was never in it', async () => {
		const engine = createInMemoryEngine();
		await queueOn({ engine, breaksUnknown: false }).leave();
		assert.deepEqual(engine.calls, []);
	});

	test('is swept of the dead alone, and with `--break-lock` of those who can’t be judged', async () => {
		for (const { breaksUnknown, left } of [
			{ breaksUnknown: false, left: ['labc-gpu-queue.1', 'labc-gpu-queue.3', 'labc-gpu-queue.4'] },
			{ breaksUnknown: true, left: ['labc-gpu-queue.1'] },
		]) {
			const engine = createInMemoryEngine();
			await occupy(engine, 1, {});
			await occupy(engine, 2, dead);
			await occupy(engine, 3, elsewhere);
			await occupy(engine, 4);
			const seen = await queueOn({ engine, breaksUnknown }).sweep();
			assert.deepEqual(names(engine), left);
			assert.equal(seen.length, left.length);
		}
	});

	test('gives up the ticket that is cancelled, does not mind that it has gone, and leaves word who did it', async () => {
		const engine = createInMemoryEngine();
		const [waiter, canceller] = [queueOn({ engine, breaksUnknown: false }), queueOn({ engine, breaksUnknown: false })];
		await waiter.take(request);
		await canceller.cancel(1);
		await canceller.cancel(1);
		assert.match((await waiter.cancelledBy()) ?? '', /^user .* \(process \d+ on .*\)$/);
		assert.deepEqual(names(engine), []);
		assert.equal(await waiter.cancelledBy(), undefined);
	});

	test('sweeps word for one who has died, too', async () => {
		const engine = createInMemoryEngine();
		await occupy(engine, 1, dead);
		const queue = queueOn({ engine, breaksUnknown: false });
		await queue.cancel(1);
		await queue.sweep();
		assert.deepEqual(names(engine), []);
	});
});

const now = Date.UTC(2026, 10, 22, 12) / 1000;

/** An engine on which it is `now`, and those volumes were made so many seconds ago. */
const aged = (volumes: readonly { readonly name: string; readonly age: number; readonly owner?: Owner }[]) => {
	const engine = createInMemoryEngine();
	const listed = volumes.map(({ name, age, owner }) => ({
		name,
		labels: owner === undefined ? {} : ownerLabels(owner),
		settings: { CreatedAt: new Date((now - age) * 1000).toISOString() },
	}));
	return {
		...engine,
		machine: async () => ({ ...(await engine.machine()), time: now }),
		listVolumes: async ({ namePrefix = '' }: { readonly namePrefix?: string }) =>
			listed.filter(({ name }) => name.startsWith(namePrefix)),
	};
};

describe('of an owner that nobody here can judge', () => {
	const far = { ...thisProcess(), ...elsewhere, token: 'far' };
	const cases: readonly { readonly when: string; readonly volumes: Parameters<typeof aged>[0]; readonly is: string }[] =
		[
			{ when: 'was made just now', volumes: [{ name: ticketName(1), age: 200, owner: far }], is: 'unknown' },
			{
				when: 'is old and shows no sign of life',
				volumes: [{ name: ticketName(1), age: 400, owner: far }],
				is: 'dead',
			},
			{
				when: 'is old and its owner showed that it lives',
				volumes: [
					{ name: ticketName(1), age: 4000, owner: far },
					{ name: 'labc-gpu-alive.3', age: 90, owner: far },
				],
				is: 'unknown',
			},
			{
				when: 'is old and somebody else shows that he lives',
				volumes: [
					{ name: ticketName(1), age: 4000, owner: far },
					{ name: 'labc-gpu-alive.3', age: 90, owner: { ...far, token: 'other' } },
				],
				is: 'dead',
			},
			{ when: 'is of nobody and old', volumes: [{ name: ticketName(1), age: 4000 }], is: 'dead' },
		];
	for (const { when, volumes, is } of cases) {
		test(`a ticket that ${when} counts as ${is}`, async () => {
			const [ticket] = await queueOn({ engine: aged(volumes), breaksUnknown: false }).list();
			assert.equal(ticket?.standing, is);
		});
	}

	test('the sign is given from time to time while one waits, anew each time, and taken away at the end', async () => {
		mock.timers.enable({ apis: ['setInterval'] });
		try {
			const engine = createInMemoryEngine();
			const queue = queueOn({ engine, breaksUnknown: false });
			await queue.take(request);
			assert.deepEqual(names(engine), ['labc-gpu-queue.1']);
			for (const signs of [['labc-gpu-alive.1'], ['labc-gpu-alive.2']]) {
				mock.timers.tick(60_000);
				await until(() => names(engine)[0] === signs[0] && names(engine).length === 2);
				assert.deepEqual(names(engine), [...signs, 'labc-gpu-queue.1']);
			}
			await queue.leave();
			assert.deepEqual(names(engine), []);
		} finally {
			mock.timers.reset();
		}
	});
});

describe('a reservation', () => {
	const holds = [{ key: 't-1', ids: ['GPU-1'], terms: { share: true, memory: 5 } }];

	test('tells others what is about to start, and ends', async () => {
		const engine = createInMemoryEngine();
		const [one, other] = [queueOn({ engine, breaksUnknown: false }), queueOn({ engine, breaksUnknown: false })];
		await one.reserve({ project: 'lab', holds });
		const [seen] = await other.reserved();
		assert.deepEqual([seen?.project, seen?.user, seen?.holds], ['lab', thisProcess().user, holds]);
		assert.deepEqual(await one.reserved(), []);
		assert.deepEqual(await other.list(), []);
		await other.release();
		await one.release();
		assert.deepEqual(names(engine), []);
	});

	test('of one who has died counts for nothing and is swept', async () => {
		const engine = createInMemoryEngine();
		await engine.createVolume({ name: 'labc-gpu-reserved.1' }, ownerLabels({ ...thisProcess(), ...dead }));
		const queue = queueOn({ engine, breaksUnknown: false });
		assert.deepEqual(await queue.reserved(), []);
		await queue.sweep();
		assert.deepEqual(names(engine), []);
	});

	test('that can’t be read may be for all', async () => {
		const engine = createInMemoryEngine();
		await engine.createVolume(
			{ name: 'labc-gpu-reserved.1' },
			{ ...ownerLabels({ ...thisProcess(), token: 'x' }), 'labc.gpu.reserved': '{"holds":[{"key":3},7]}' },
		);
		const [seen] = await queueOn({ engine, breaksUnknown: false }).reserved();
		assert.ok(seen !== undefined);
		assert.equal(seen.holds, undefined);
	});
});

const unreadable: readonly { readonly when: string; readonly text: string }[] = [
	{ when: 'nothing', text: '' },
	{ when: 'no JSON', text: '{' },
	{ when: 'no object', text: '3' },
	{ when: 'no list', text: '{"project":"lab","asks":{}}' },
	{ when: 'no wish', text: '{"project":"lab","asks":[{"key":"a"}]}' },
	{
		when: 'another kind of GPU',
		text: '{"asks":[{"key":"a","wish":{"vendor":"intel","count":1,"all":false,"named":[],"observes":false},"terms":{"share":false}}]}',
	},
];

describe('a ticket that says', () => {
	for (const { when, text } of unreadable) {
		test(`${when} of what it is for may be for anything`, async () => {
			const engine = createInMemoryEngine();
			await engine.createVolume({ name: ticketName(1) }, { 'labc.gpu.queue': text });
			const [ticket] = await queueOn({ engine, breaksUnknown: false }).list();
			assert.equal(ticket?.asks, undefined);
			assert.equal(ticket?.standing, 'unknown');
		});
	}

	test('when the engine made it is as old as that', async () => {
		const engine = createInMemoryEngine();
		const made = (number: number, CreatedAt: string) => ({
			name: ticketName(number),
			labels: {},
			settings: { CreatedAt },
		});
		const volumes = [made(1, '2026-11-22T06:12:00Z'), made(2, 'lately')];
		const listing = { ...engine, listVolumes: async () => volumes };
		const tickets = await queueOn({ engine: listing, breaksUnknown: false }).list();
		assert.deepEqual(
			tickets.map(({ since }) => since),
			[Date.UTC(2026, 10, 22, 6, 12) / 1000, undefined],
		);
	});
});
