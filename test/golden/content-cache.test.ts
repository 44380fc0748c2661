/** The cache on a real disk: who may write it, what is trusted, and how it stays small. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type ContentCache, openContentCache } from '../../src/sources/content-cache.ts';

let home: string;
let folder: string;
beforeEach(() => {
	home = fs.mkdtempSync(path.join(tmpdir(), 'labc-cache-'));
	folder = path.join(home, '.cache/labc');
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

function opened(env: Readonly<Record<string, string>> = { HOME: home }): ContentCache {
	const cache = openContentCache(env);
	assert.ok(cache);
	return cache;
}

/** The file of the only entry. */
function entry(): string {
	const [name, ...others] = fs.readdirSync(folder);
	assert.ok(name !== undefined && others.length === 0);
	return path.join(folder, name);
}

describe('openContentCache', () => {
	test('gives back what was kept, under its key only', () => {
		opened().write('key', 'text ä😀');
		assert.equal(opened().read('key'), 'text ä😀');
		assert.equal(opened().read('other'), undefined);
	});

	test('keeps folder and files to their owner', () => {
		opened().write('key', 'text');
		assert.equal(fs.statSync(folder).mode & 0o777, 0o700);
		assert.equal(fs.statSync(entry()).mode & 0o777, 0o600);
	});

	test('prefers XDG_CACHE_HOME', () => {
		const cacheHome = path.join(home, 'elsewhere');
		opened({ HOME: home, XDG_CACHE_HOME: cacheHome }).write('key', 'text');
		assert.deepEqual(fs.readdirSync(cacheHome), ['labc']);
		assert.ok(!fs.existsSync(folder));
	});

	const off: readonly { readonly when: string; readonly env: Readonly<Record<string, string>> }[] = [
		{ when: 'LABC_CACHE is off', env: { HOME: '/tmp', LABC_CACHE: 'off' } },
		{ when: 'LABC_CACHE is 0', env: { HOME: '/tmp', LABC_CACHE: '0' } },
		{ when: 'there is no home', env: {} },
		{ when: 'the home is empty', env: { HOME: '' } },
		{ when: 'the home is relative', env: { HOME: 'here', XDG_CACHE_HOME: 'there' } },
	];
	for (const { when, env } of off) {
		test(`is not there when ${when}`, () => assert.equal(openContentCache(env), undefined));
	}

	test('makes no home', () => {
		const missing = path.join(home, 'nobody');
		opened({ HOME: missing }).write('key', 'text');
		assert.ok(!fs.existsSync(missing));
		assert.equal(opened({ HOME: missing }).read('key'), undefined);
	});

	const shared: readonly { readonly when: string; readonly mode: number; readonly isKept: boolean }[] = [
		{ when: 'all may write to, and replace what is in it', mode: 0o777, isKept: false },
		{ when: 'all may write to, each their own', mode: 0o1777, isKept: true },
		{ when: 'its group may write to', mode: 0o775, isKept: false },
	];
	for (const { when, mode, isKept } of shared) {
		test(`makes ${isKept ? 'its folder' : 'no folder'} in one that ${when}`, () => {
			fs.chmodSync(home, mode);
			opened({ XDG_CACHE_HOME: path.join(home, 'new') }).write('key', 'text');
			assert.equal(fs.existsSync(path.join(home, 'new/labc')), isKept);
		});
	}

	test('writes nothing where others may write', () => {
		fs.mkdirSync(folder, { recursive: true, mode: 0o777 });
		fs.chmodSync(folder, 0o777);
		opened().write('key', 'text');
		assert.deepEqual(fs.readdirSync(folder), []);
	});

	test('writes nothing through a folder that is a link', () => {
		const target = path.join(home, 'target');
		fs.mkdirSync(target);
		fs.mkdirSync(path.dirname(folder));
		fs.symlinkSync(target, folder);
		opened().write('key', 'text');
		assert.deepEqual(fs.readdirSync(target), []);
	});

	test('survives a file in the place of its folder', () => {
		fs.mkdirSync(path.dirname(folder));
		fs.writeFileSync(folder, '');
		opened().write('key', 'text');
		assert.equal(opened().read('key'), undefined);
	});

	test('leaves nothing unfinished behind', () => {
		opened().write('key', 'one');
		opened().write('key', 'two');
		assert.equal(opened().read('key'), 'two');
		entry();
	});

	const damages: readonly { readonly when: string; readonly damage: (file: string) => void }[] = [
		{ when: 'cut short', damage: (file) => fs.truncateSync(file, 70) },
		{ when: 'emptied', damage: (file) => fs.truncateSync(file, 0) },
		{ when: 'changed in one letter', damage: (file) => fs.writeFileSync(file, `${fs.readFileSync(file, 'utf8')}x`) },
		{ when: 'open for others to write', damage: (file) => fs.chmodSync(file, 0o666) },
		{ when: 'huge', damage: (file) => fs.truncateSync(file, 9 * 1024 * 1024) },
		{
			when: 'a link',
			damage: (file) => {
				fs.renameSync(file, path.join(home, 'moved'));
				fs.symlinkSync(path.join(home, 'moved'), file);
			},
		},
		{
			when: 'a folder',
			damage: (file) => {
				fs.rmSync(file);
				fs.mkdirSync(file);
			},
		},
	];
	for (const { when, damage } of damages) {
		test(`does not trust an entry that is ${when}`, () => {
			opened().write('key', 'text');
			damage(entry());
			assert.equal(opened().read('key'), undefined);
		});
	}

	test('does not trust an entry that was moved to another name', () => {
		const cache = opened();
		cache.write('key', 'text');
		const first = entry();
		cache.write('other', 'text');
		const second = fs.readdirSync(folder).find((name) => name !== path.basename(first)) ?? '';
		fs.copyFileSync(first, path.join(folder, second));
		assert.equal(cache.read('other'), undefined);
	});

	const skip = process.geteuid?.() === 0 ? false : 'only root can give files away';
	test("does not trust another person's entry", { skip }, () => {
		opened().write('key', 'text');
		fs.chownSync(entry(), 1, 1);
		assert.equal(opened().read('key'), undefined);
	});

	test("writes nothing in another person's home", { skip }, () => {
		fs.chownSync(home, 1, 1);
		opened().write('key', 'text');
		assert.ok(!fs.existsSync(path.join(home, '.cache')));
	});

	test('keeps a bounded number of entries', () => {
		const cache = opened();
		for (let index = 0; index < 600; index += 1) cache.write(`key ${index}`, 'text');
		const { length } = fs.readdirSync(folder);
		assert.ok(length >= 200 && length <= 256, `${length} entries`);
		assert.equal(cache.read('key 599'), 'text');
	});

	test('keeps an old entry that is still read', () => {
		const cache = opened();
		cache.write('old', 'text');
		const [written, read] = [new Date('2020-01-01'), new Date(Date.now() + 3_600_000)];
		fs.utimesSync(entry(), read, written);
		for (let index = 0; index < 600; index += 1) cache.write(`key ${index}`, 'text');
		assert.equal(cache.read('old'), 'text');
	});

	test('keeps no entry that is too large', () => {
		opened().write('key', 'x'.repeat(9 * 1024 * 1024));
		assert.ok(!fs.existsSync(folder));
	});
});
