import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createPresence, type Presence } from '../../../src/use-cases/log-presence.ts';

/** Whether the presence is over a moment after everything that was done to it: asked where it goes on. */
async function isOver(presence: Presence): Promise<boolean> {
	let over = false;
	void presence.empty().then(() => {
		over = true;
	});
	await delay(15);
	return over;
}

describe('presence', { timeout: 60_000 }, () => {
	test('is not over before the first look', async () => {
		assert.equal(await isOver(createPresence({ lingerMs: 0 })), false);
	});

	test('is over where the first look finds nobody', async () => {
		const presence = createPresence({ lingerMs: 0 });
		presence.settle();
		await presence.empty();
	});

	test('is over when the last one has left', async () => {
		const presence = createPresence({ lingerMs: 0 });
		presence.enter('a');
		presence.enter('b');
		presence.settle();
		presence.leave('a');
		assert.equal(await isOver(presence), false);
		presence.leave('b');
		await presence.empty();
	});

	test('goes on through an absence shorter than its patience', async () => {
		const presence = createPresence({ lingerMs: 200 });
		presence.enter('a');
		presence.settle();
		presence.leave('a');
		presence.enter('a');
		assert.equal(await isOver(presence), false);
	});

	test('goes on for any reason that comes up, until the last one is gone', async () => {
		const presence = createPresence({ lingerMs: 0 });
		const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		presence.stayUntil(one.promise);
		presence.settle();
		presence.stayUntil(other.promise);
		one.resolve();
		assert.equal(await isOver(presence), false);
		other.reject(new Error('over'));
		await presence.empty();
	});

	test('goes on while somebody may still come, and is over when that fails too', async () => {
		const until = Promise.withResolvers<void>();
		const presence = createPresence({ lingerMs: 0, until: until.promise });
		presence.settle();
		assert.equal(await isOver(presence), false);
		until.reject(new Error('the up failed'));
		await presence.empty();
	});

	test('ends with a failure', async () => {
		const presence = createPresence({});
		presence.enter('a');
		presence.fail(new Error('engine gone'));
		await assert.rejects(presence.empty(), /engine gone/);
	});
});
