import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Node } from '../../../src/document/node.ts';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { decodeDocuments, encodeDocuments } from '../../../src/document/tree-codec.ts';
import { Findings } from '../../../src/errors/findings.ts';
import type { SourceFile } from '../../../src/errors/source-location.ts';

const cases: readonly { readonly when: string; readonly text: string }[] = [
	{ when: 'a mapping holds every kind of scalar', text: 'a: {t: text, n: 1, z: 0, y: true, f: false, e: , q: ""}' },
	{ when: 'numbers are floats', text: 'a: [1.0, -0.0, .5, 1e300, .inf, -.inf, .nan]' },
	{ when: 'an extension holds a date', text: 'x-a: [2001-01-01, "2001-01-01"]' },
	{ when: 'numbers have 64 bits', text: 'a: [9223372036854775807, -9223372036854775808, 18446744073709551615]' },
	{ when: 'lists and mappings are empty', text: 'a: []\nb: {}\nc: [[], {}]' },
	{ when: 'an alias shares a value', text: 'a: &a {b: [1, 2]}\nc: *a\nd: [*a, *a]' },
	{ when: 'an alias shares a scalar', text: 'a: &a word\nb: *a' },
	{ when: 'merge keys share entries', text: 'a: &a {x: {y: 1}}\nb:\n  <<: *a\n  z: 2\nc: {<<: [*a, {w: 3}]}' },
	{ when: 'values are tagged', text: 'a: !reset null\nb: !override [1]\nc: !override {d: !reset [2]}\ne: !reset {}' },
	{ when: 'the file holds several documents', text: 'a: 1\n---\nb: 2\n---\n- c\n' },
	{ when: 'the document is a scalar', text: 'word' },
	{ when: 'the file is empty', text: '' },
	{ when: 'keys are names of object members', text: 'constructor: {toString: {valueOf: 1}}' },
	{ when: 'text is beyond ASCII', text: 'ä: "😀 \\u2028"\n"\\0": x' },
];

describe('encodeDocuments and decodeDocuments', () => {
	for (const { when, text } of cases) {
		test(`give back the same trees when ${when}`, () => {
			const source: SourceFile = { path: 'compose.yaml', text };
			const findings = new Findings();
			const trees = parseYaml(source, findings);
			assert.deepEqual(findings.errors, []);
			assert.deepEqual(decodeDocuments(encodeDocuments(trees), source), trees);
		});
	}

	test('keep what aliases share shared, so that a small file stays small', () => {
		const levels = Array.from({ length: 5 }, (_, level) => {
			const above = level === 0 ? 'word' : `*a${level - 1}`;
			return `a${level}: &a${level} [${Array.from({ length: 9 }, () => above).join(', ')}]`;
		});
		const source: SourceFile = { path: 'compose.yaml', text: levels.join('\n') };
		const encoded = encodeDocuments(parseYaml(source, new Findings()));
		assert.ok(encoded.length < 1000, `${encoded.length} characters`);
		const root = decodeDocuments(encoded, source)[0]?.root;
		const items = (node: Node | undefined) => (node?.kind === 'sequence' ? node.items : []);
		const last = items(root?.kind === 'mapping' ? root.entries.get('a4')?.value : undefined);
		assert.equal(last[0], last[8]);
	});

	test('tie the trees to the source that is given', () => {
		const source: SourceFile = { path: 'elsewhere.yaml', text: 'a: 1' };
		const encoded = encodeDocuments(parseYaml({ path: 'compose.yaml', text: 'a: 1' }, new Findings()));
		assert.equal(decodeDocuments(encoded, source)[0]?.root.at.source, source);
	});

	const broken = ['', '{', '[]', '[1]', '[1,3,0,2,0,0,"a"]', '[1,5,0]', '[1,4,0,1,"a",0]', '[1,2,0,"x"]'];
	for (const text of broken) {
		test(`refuse \`${text}\``, () => {
			assert.throws(() => decodeDocuments(text, { path: 'compose.yaml', text: '' }));
		});
	}
});
