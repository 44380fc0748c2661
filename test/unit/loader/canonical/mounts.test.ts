import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../../src/document/plain.ts';
import { Findings } from '../../../../src/errors/findings.ts';
import { canonicalMounts } from '../../../../src/loader/canonical/mounts.ts';
import { parsedOne } from '../../../support/load-text.ts';

const read = (text: string) => {
	const findings = new Findings();
	const mounts = canonicalMounts(parsedOne(JSON.stringify([text])), { path: ['volumes'], findings });
	return { mounts: toPlain(mounts), findings };
};

const bind = (source: string, target: string, more: object = {}) => ({
	type: 'bind',
	source,
	target,
	bind: { create_host_path: true },
	...more,
});
const volume = (source: string, target: string, more: object = {}) => ({
	type: 'volume',
	source,
	target,
	volume: {},
	...more,
});

const cases: readonly { text: string; mount: unknown }[] = [
	{ text: '/data', mount: { type: 'volume', target: '/data', volume: {} } },
	{ text: 'd:', mount: { type: 'volume', target: 'd:' } },
	{ text: '::', mount: { type: 'volume', target: '::' } },
	{ text: 'data:/data', mount: volume('data', '/data') },
	{ text: 'data:/data/', mount: volume('data', '/data') },
	{ text: 'data:/data/../x//y', mount: volume('data', '/x/y') },
	{ text: 'data:/data:ro', mount: volume('data', '/data', { read_only: true }) },
	{ text: 'data:/data:rw', mount: volume('data', '/data') },
	{ text: 'data:/data:nocopy', mount: volume('data', '/data', { volume: { nocopy: true } }) },
	{ text: 'data:/data:cached', mount: volume('data', '/data') },
	{ text: './data:/data', mount: bind('./data', '/data') },
	{ text: '/srv:/data:ro', mount: bind('/srv', '/data', { read_only: true }) },
	{ text: '~/data:/data', mount: bind('~/data', '/data') },
	{
		text: './data:/data:rshared,z',
		mount: bind('./data', '/data', { bind: { create_host_path: true, propagation: 'rshared', selinux: 'z' } }),
	},
	{ text: 'C:\\data:/data', mount: bind('C:\\data', '/data') },
	{ text: 'd:/d', mount: { type: 'volume', target: 'd:/d', volume: {} } },
	{ text: 'd:/d:ro', mount: bind('d:/d', 'ro') },
];

describe('a volume in short form', () => {
	for (const { text, mount } of cases) {
		test(`\`${text}\``, () => assert.deepEqual(read(text).mounts, [mount]));
	}

	const refused: readonly [text: string, message: string][] = [
		['', 'an empty text is not a volume: source and target are missing'],
		[':/data', '`:/data` is not a volume: a part between colons is empty'],
		['data:', '`data:` is not a volume: a part between colons is empty'],
		['data:/data:ro:x', '`data:/data:ro:x` is not a volume: it has too many colons'],
	];
	for (const [text, message] of refused) {
		test(`\`${text}\` is refused`, () => {
			assert.deepEqual(
				read(text).findings.errors.map((error) => `${error.path} ${error.message}`),
				[`volumes.0 ${message}`],
			);
		});
	}

	for (const text of ['d:/d', 'd:/d:ro', 'v:data']) {
		test(`\`${text}\` is warned of: its one letter is a drive`, () => {
			assert.deepEqual(
				read(text).findings.warnings.map(({ code, path }) => `${code} ${path}`),
				['VALUE_AMBIGUOUS volumes.0'],
			);
		});
	}

	for (const text of ['C:\\data:/data', 'C:/data:/data', 'data:/data', './d:/d', '/d']) {
		test(`\`${text}\` is not warned of`, () => assert.deepEqual(read(text).findings.warnings, []));
	}
});
