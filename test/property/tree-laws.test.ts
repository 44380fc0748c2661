import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type MappingEntry, mappingNode, type Node, scalarNode, sequenceNode } from '../../src/document/node.ts';
import { parseYaml } from '../../src/document/parse-yaml.ts';
import { type Plain, toPlain } from '../../src/document/plain.ts';
import { decodeDocuments, encodeDocuments } from '../../src/document/tree-codec.ts';
import { type Writable, writeYaml } from '../../src/document/write-yaml.ts';
import { Findings } from '../../src/errors/findings.ts';
import type { SourceFile } from '../../src/errors/source-location.ts';
import { mergeTrees } from '../../src/loader/merge/merge.ts';
import { runs } from '../support/property-runs.ts';

const source: SourceFile = { path: 'compose.yaml', text: '' };
const at = { source, offset: 0 };

const mapping = (values: Readonly<Record<string, Node>>): Node =>
	mappingNode(
		Object.entries(values).map(([key, value]): [string, MappingEntry] => [key, { keyAt: at, value }]),
		at,
	);

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((value): Node => scalarNode(value, at));
const list = fc.array(scalar, { maxLength: 3 }).map((items): Node => sequenceNode(items, at));

/** Trees in which a key says what kind its value has, so that any two of them can be merged. */
const { tree } = fc.letrec<{ tree: Node; list: Node }>((tie) => ({
	list,
	tree: fc
		.record(
			{ text: scalar, other: scalar, list: tie('list'), more: tie('list'), inner: tie('tree'), deep: tie('tree') },
			{ requiredKeys: [] },
		)
		.map((values) => mapping(values as Readonly<Record<string, Node>>)),
}));
const withoutLists = fc.dictionary(fc.string(), scalar).map((values) => mapping(values));
const empty = mapping({});

const merge = (base: Node, override: Node): Node =>
	mergeTrees(base, override, { path: [], findings: new Findings(), rules: undefined });
const same = (a: Node, b: Node): void => assert.deepEqual(toPlain(a), toPlain(b));

describe('merging trees', () => {
	test('changes nothing where one of them is empty', () => {
		fc.assert(
			fc.property(tree, (node) => {
				same(merge(node, empty), node);
				same(merge(empty, node), node);
			}),
			runs,
		);
	});

	test('changes nothing where both are the same and hold no lists', () => {
		fc.assert(
			fc.property(withoutLists, (node) => same(merge(node, node), node)),
			runs,
		);
	});

	test('gives the same whichever two of three are merged first', () => {
		fc.assert(
			fc.property(tree, tree, tree, (a, b, c) => same(merge(merge(a, b), c), merge(a, merge(b, c)))),
			runs,
		);
	});

	test('keeps every key of both', () => {
		fc.assert(
			fc.property(tree, tree, (a, b) => {
				const keys = (node: Node): readonly string[] => Object.keys(toPlain(node) as object);
				assert.deepEqual(new Set(keys(merge(a, b))), new Set([...keys(a), ...keys(b)]));
			}),
			runs,
		);
	});

	test('leaves both as they were', () => {
		fc.assert(
			fc.property(tree, tree, (a, b) => {
				const before = [toPlain(a), toPlain(b)];
				merge(a, b);
				assert.deepEqual([toPlain(a), toPlain(b)], before);
			}),
			runs,
		);
	});
});

const key = fc
	.string({ unit: 'grapheme', maxLength: 8 })
	.filter((written) => written !== '__proto__' && !/[\u0085\u2028\u2029]/.test(written));
const text = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.string({ unit: fc.constantFrom(...'a1.-+:#,[]{}&*!|>\'"%@`? \n\t\\ynof~<=_eExX\u0085\u2028') }),
	fc.constantFrom('yes', 'NO', 'null', '~', '1.0', '0x1F', '1_000', '2020-01-01', '1:30', '<<', '---', '=', '.nan'),
);
/**
 * Blocks that hold separators are written otherwise than docker compose writes them, and quotes of two lines cut short. A
 * block that begins with a tab is written as docker compose writes it, which neither reads back.
 */
const readable = text.filter(
	(written) =>
		!(/[\u0085\u2028\u2029]/.test(written) && /['"\\\n]/.test(written)) &&
		!(/^\n*\t/.test(written) && written.includes('\n')),
);
const { writable } = fc.letrec<{ writable: Writable; map: Writable }>((tie) => ({
	map: fc.array(fc.tuple(key, tie('writable')), { maxLength: 4 }).map((entries) => new Map(entries)),
	writable: fc.oneof(
		{ depthSize: 'small' },
		readable,
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie('writable'), { maxLength: 3 }),
		tie('map'),
	),
}));

const plainOf = (value: Writable): Plain => {
	if (value instanceof Map) return Object.fromEntries([...value].map(([name, inner]) => [name, plainOf(inner)]));
	return Array.isArray(value) ? value.map(plainOf) : (value as Plain);
};

describe('YAML', () => {
	test('reads back as what was written', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(key, writable), { minLength: 1, maxLength: 3 }), (entries) => {
				const written = new Map(entries);
				const findings = new Findings();
				const [document] = parseYaml({ path: 'compose.yaml', text: writeYaml(written) }, findings);
				assert.deepEqual(findings.errors, []);
				assert.ok(document);
				assert.deepEqual(toPlain(document.root), plainOf(written));
			}),
			runs,
		);
	});

	test('is parsed or refused, whatever it holds', () => {
		const scraps = fc.string({ unit: fc.constantFrom(...'a1:- \n[]{},&*!|>\'"#?<=~.%@`\t'), maxLength: 40 });
		fc.assert(
			fc.property(scraps, (yaml) => {
				const findings = new Findings();
				const documents = parseYaml({ path: 'compose.yaml', text: yaml }, findings);
				const kept = findings.isEmpty ? decodeDocuments(encodeDocuments(documents), source) : [];
				assert.deepEqual(
					kept.map(({ root }) => toPlain(root)),
					findings.isEmpty ? documents.map(({ root }) => toPlain(root)) : [],
				);
			}),
			runs,
		);
	});
});
