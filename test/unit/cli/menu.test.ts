import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { type MenuParts, runMenu, type Switchable } from '../../../src/cli/menu.ts';
import type { RunTools } from '../../../src/use-cases/run-tools.ts';

/** Watches until it is switched off. */
const watching =
	(log: string[]): Switchable =>
	async ({ signal }) => {
		log.push('on');
		await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
		log.push('off');
	};

function open(more: Partial<MenuParts> = {}) {
	const log: string[] = [];
	const over = new AbortController();
	const kept: Promise<unknown>[] = [];
	let press: (key: string) => void = () => undefined;
	const running = runMenu(
		{ signal: over.signal } as RunTools,
		{ leave: () => void log.push('left'), stayUntil: (promise) => void kept.push(promise) },
		{
			watch: watching(log),
			startsWatching: false,
			show: async (keys) =>
				void log.push(keys === undefined ? 'hidden' : keys.map(({ key, text }) => `${key} ${text}`).join(', ')),
			readKeys(onKey) {
				press = onKey;
				return () => void log.push('keys end');
			},
			newLine: () => void log.push('line'),
			onError: (error) => void log.push(`error ${error}`),
			...more,
		},
	);
	return {
		log,
		kept,
		async press(key: string) {
			press(key);
			await turn();
		},
		async end() {
			over.abort();
			await running;
		},
	};
}

describe('the menu of an attached up', () => {
	test('switches watching on and off, and says which of the two comes next', async () => {
		const menu = open();
		assert.deepEqual(menu.log, ['w Enable Watch, d Detach']);
		await menu.press('w');
		assert.deepEqual(menu.log.slice(1), ['on', 'w Disable Watch, d Detach']);
		assert.equal(menu.kept.length, 1);
		await menu.press('w');
		await menu.kept[0];
		assert.deepEqual(menu.log.slice(3), ['off', 'w Enable Watch, d Detach']);
		await menu.press('w');
		await menu.end();
		await turn();
		assert.deepEqual(menu.log.slice(5), ['on', 'w Disable Watch, d Detach', 'keys end', 'hidden', 'off']);
	});

	test('watches from the beginning where that was asked for', async () => {
		const menu = open({ startsWatching: true });
		await turn();
		assert.equal(menu.log.at(-1), 'w Disable Watch, d Detach');
		await menu.end();
		assert.equal(menu.log.at(-1), 'off');
	});

	test('leaves, makes an empty line, and does nothing at other keys', async () => {
		const menu = open();
		for (const key of ['d', '\n', 'x']) await menu.press(key);
		assert.deepEqual(menu.log.slice(1), ['left', 'line']);
		await menu.end();
	});

	test('begins to watch anew once the last watch has ended, and not where that came too late', async () => {
		const log: string[] = [];
		const ending = Promise.withResolvers<void>();
		const menu = open({
			watch: async ({ signal }) => {
				log.push('on');
				await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
				await ending.promise;
				log.push('off');
			},
		});
		for (const key of ['w', 'w', 'w']) await menu.press(key);
		assert.deepEqual(log, ['on']);
		ending.resolve();
		await menu.kept[0];
		await menu.press('\n');
		assert.deepEqual(log, ['on', 'off', 'on']);
		for (const key of ['w', 'w', 'w']) void menu.press(key);
		await Promise.all(menu.kept);
		assert.deepEqual(log, ['on', 'off', 'on', 'off']);
		await menu.end();
	});

	test('shows no key for watching where there is nothing to watch', async () => {
		const menu = open({ watch: undefined });
		await menu.press('w');
		assert.deepEqual(menu.log, ['d Detach']);
		await menu.end();
	});

	test('is not shown where no keys are to be had, and watching goes on all the same', async () => {
		const menu = open({ readKeys: () => undefined, startsWatching: true });
		await menu.end();
		assert.deepEqual(menu.log, ['on', 'off', 'hidden']);
	});

	test('tells why watching ended by itself, and can begin it again', async () => {
		let tries = 0;
		const menu = open({
			watch: async () => {
				tries += 1;
				throw new Error('no rule');
			},
		});
		await menu.press('w');
		assert.ok(menu.log.includes('error Error: no rule'));
		assert.equal(menu.log.at(-1), 'w Enable Watch, d Detach');
		await menu.press('w');
		assert.equal(tries, 2);
		await menu.end();
	});
});
