import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { digestKey } from '../../src/sources/digest-key.ts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'labc-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({ XDG_STATE_HOME: folder });
const file = () => path.join(folder, 'labc', 'digest-key');

describe('digestKey', () => {
	test('is made once, readable by its owner only, and leaves nothing beside it', () => {
		assert.equal(digestKey(env(), { create: false }), undefined);
		assert.deepEqual(readdirSync(folder), [], 'looking makes nothing');
		const made = digestKey(env(), { create: true });
		assert.match(made ?? '', /^[\da-f]{64}$/);
		assert.equal(digestKey(env(), { create: true }), made);
		assert.equal(digestKey(env(), { create: false }), made);
		assert.equal(statSync(file()).mode & 0o777, 0o600);
		assert.equal(statSync(path.dirname(file())).mode & 0o777, 0o700);
		assert.deepEqual(readdirSync(path.dirname(file())), ['digest-key']);
	});

	test('stands below the home folder where no other is named', () => {
		const made = digestKey({ HOME: folder }, { create: true });
		assert.deepEqual(readdirSync(path.join(folder, '.local', 'state', 'labc')), ['digest-key']);
		assert.equal(digestKey({ HOME: folder, XDG_STATE_HOME: 'not/absolute' }, { create: false }), made);
	});

	const refused: readonly { readonly when: string; readonly prepare: () => void }[] = [
		{ when: 'others may read it', prepare: () => chmodSync(file(), 0o644) },
		{ when: 'it is damaged', prepare: () => writeFileSync(file(), 'short') },
		{
			when: 'it is a link',
			prepare: () => {
				rmSync(file());
				writeFileSync(path.join(folder, 'elsewhere'), 'a'.repeat(64), { mode: 0o600 });
				symlinkSync(path.join(folder, 'elsewhere'), file());
			},
		},
		{
			when: 'a folder stands in its place',
			prepare: () => {
				rmSync(file());
				mkdirSync(file());
			},
		},
	];
	for (const { when, prepare } of refused) {
		test(`is not used, and not replaced, when ${when}`, () => {
			digestKey(env(), { create: true });
			prepare();
			assert.equal(digestKey(env(), { create: true }), undefined);
		});
	}

	for (const without of [{}, { HOME: '' }, { HOME: 'relative' }, { HOME: '/dev/null' }]) {
		test(`is not there without a home folder: ${JSON.stringify(without)}`, () => {
			assert.equal(digestKey(without, { create: true }), undefined);
		});
	}
});
