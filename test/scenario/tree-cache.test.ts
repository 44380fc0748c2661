import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { execute, labcPath, type Outcome } from './scenario.ts';

const home = mkdtempSync(path.join(tmpdir(), 'labc-trees-'));
const cache = path.join(home, '.cache/labc');
after(() => rmSync(home, { recursive: true }));

/** `config` of a file in a folder of its own, run as somebody with a home. */
function configOf(name: string, text: string): (env?: Readonly<Record<string, string>>) => Promise<Outcome> {
	const cwd = path.join(home, name);
	mkdirSync(cwd);
	writeFileSync(path.join(cwd, 'compose.yaml'), text);
	return (env = {}) => execute(labcPath, ['compose', 'config'], { cwd, env: { HOME: home, ...env } });
}

const services = 'services:\n  web: {<<: *common, image: "a:${TAG}", ports: ["80:80"]}\n';
const right = `x-common: &common {init: true}\n${services}---\nservices: {web: {user: me}}\n`;
const wrong = `x-common: &common {init: true}\n${services}  db: {image: b, ports: ["http"], prots: []}\n`;

describe('parsed trees that are kept', () => {
	for (const [when, text] of [
		['right', right],
		['wrong', wrong],
	] as const) {
		test(`change no word of what is said of a file that is ${when}`, async () => {
			const config = configOf(when, text);
			const without = await config({ LABC_CACHE: 'off' });
			assert.match(without.stderr, /compose\.yaml:\d+:\d+/);
			assert.deepEqual([await config(), await config()], [without, without]);
		});
	}

	test('are of no use once damaged, and are made anew', async () => {
		const config = configOf('damaged', right);
		rmSync(cache, { recursive: true, force: true });
		const first = await config();
		const [name = ''] = readdirSync(cache);
		const entry = path.join(cache, name);
		assert.deepEqual([statSync(cache).mode & 0o777, statSync(entry).mode & 0o777], [0o700, 0o600]);
		const kept = readFileSync(entry, 'utf8');
		writeFileSync(entry, kept.replace('"me"', '"no"'));
		assert.deepEqual(await config(), first);
		assert.equal(readFileSync(entry, 'utf8'), kept);
	});
});
