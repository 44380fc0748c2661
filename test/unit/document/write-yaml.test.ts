import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { toPlain } from '../../../src/document/plain.ts';
import { type Writable, writeYaml } from '../../../src/document/write-yaml.ts';
import { parsedOne } from '../../support/load-text.ts';

const written = (value: Writable): string => writeYaml(new Map([['k', value]]));

describe('writeYaml', () => {
	const texts: readonly [text: string, yaml: string][] = [
		['plain', 'plain'],
		['\udcff', '!!binary /w=='],
		[`\udcff${'a'.repeat(51)}`, `!!binary |\n  /2${'FhYW'.repeat(16)}FhYQ\n  ==`],
		['with blank', 'with blank'],
		["it's", "it's"],
		['say "hi"', 'say "hi"'],
		['', '""'],
		['1', '"1"'],
		['1.5', '"1.5"'],
		['010', '"010"'],
		['1:30', '"1:30"'],
		['true', '"true"'],
		['yes', '"yes"'],
		['n', '"n"'],
		['null', '"null"'],
		['~', '"~"'],
		['2001-01-01', '"2001-01-01"'],
		['<<', '<<'],
		['a: b', "'a: b'"],
		['a #b', "'a #b'"],
		['a:b#c', 'a:b#c'],
		[' a', "' a'"],
		['-', "'-'"],
		['-x', '-x'],
		['?', "'?'"],
		['*a', "'*a'"],
		['`a`', "'`a`'"],
		['---', "'---'"],
		['a\tb', '"a\\tb"'],
		['a\u0001', '"a\\x01"'],
		['\u{1f600}', '"\\U0001F600"'],
		['é', 'é'],
		['a\nb', '|-\n  a\n  b'],
		['a\nb\n', '|\n  a\n  b'],
		['a\n\n', '|+\n  a\n'],
		[' a\nb', '|2-\n   a\n  b'],
		['a \nb', '"a \\nb"'],
		['a\r\nb', '"a\\r\\nb"'],
	];
	for (const [text, yaml] of texts) {
		test(JSON.stringify(text), () => assert.equal(written(text), `k: ${yaml}\n`));
	}

	const values: readonly [what: string, value: Writable, yaml: string][] = [
		['null', null, 'k: null\n'],
		['a truth value', true, 'k: true\n'],
		['a number', 1.5, 'k: 1.5\n'],
		['a large number', 9_007_199_254_740_993n, 'k: 9007199254740993\n'],
		['no items', [], 'k: []\n'],
		['no entries', new Map(), 'k: {}\n'],
		['items', ['a', 1], 'k:\n  - a\n  - 1\n'],
		[
			'a mapping in a list',
			[
				new Map<string, Writable>([
					['a', 1],
					['b', ['c']],
				]),
			],
			'k:\n  - a: 1\n    b:\n      - c\n',
		],
		['a list in a list', [['a', 'b'], []], 'k:\n  - - a\n    - b\n  - []\n'],
	];
	const keys: readonly (readonly [what: string, key: string, yaml: string])[] = [
		['of 128 bytes', 'k'.repeat(128), `${'k'.repeat(128)}: 1\n`],
		['of 129 bytes', 'k'.repeat(129), `? ${'k'.repeat(129)}\n: 1\n`],
		['of 65 letters that take two bytes each', 'é'.repeat(65), `? ${'é'.repeat(65)}\n: 1\n`],
		['of two lines', 'a\nb', '? |-\n  a\n  b\n: 1\n'],
		['that reads as a truth value', 'on', '"on": 1\n'],
	];
	for (const [what, key, yaml] of keys) {
		test(`a key ${what}`, () => assert.equal(writeYaml(new Map([[key, 1]])), yaml));
	}

	test('structures behind a long key start on its line', () => {
		const key = 'k'.repeat(200);
		assert.equal(
			writeYaml(
				new Map([
					[
						key,
						new Map<string, Writable>([
							['a', [1]],
							['b', 2],
						]),
					],
				]),
			),
			`? ${key}\n: a:\n    - 1\n  b: 2\n`,
		);
		assert.equal(writeYaml(new Map([[key, [new Map([['a', 1]])]]])), `? ${key}\n: - a: 1\n`);
	});

	const floats: readonly (readonly [value: number, yaml: string])[] = [
		[1, '1'],
		[1234567, '1.234567e+06'],
		[-0, '-0'],
		[Number.POSITIVE_INFINITY, '.inf'],
	];
	for (const [float, yaml] of floats) {
		test(`the float ${float} is ${yaml}`, () => assert.equal(written({ float }), `k: ${yaml}\n`));
	}

	test('a date has no quotes', () =>
		assert.equal(written({ timestamp: '2001-01-01T00:00:00Z' }), 'k: 2001-01-01T00:00:00Z\n'));

	test('a text that reads as a date has quotes, one that names no day has none', () => {
		assert.equal(written('2001-1-1'), 'k: "2001-1-1"\n');
		assert.equal(written('2001-02-30'), 'k: 2001-02-30\n');
	});

	const separators: readonly (readonly [text: string, yaml: string])[] = [
		['a\u2028b', "'a\u2028  b'"],
		['a\u2028', "'a\u2028'"],
		['a \u2028b', '"a \\Lb"'],
		['a\u2029b\nc', '|-\n  a\u2029  b\n  c'],
		['a\tb\nc', '|-\n  a\tb\n  c'],
	];
	for (const [text, yaml] of separators) {
		test(`separators in ${JSON.stringify(text)}`, () => assert.equal(written(text), `k: ${yaml}\n`));
	}

	for (const [what, value, yaml] of values) {
		test(what, () => assert.equal(written(value), yaml));
	}

	test('what is written reads back as itself', () => {
		const text = fc.string({
			unit: fc.oneof(
				fc.constantFrom(...' \n\t:#-\'"?{}[],&*!|>%@`~01eEyYnN._\r\u00a0é'),
				fc.string({ minLength: 1, maxLength: 1 }),
			),
		});
		fc.assert(
			fc.property(text, (drawn) => {
				// docker compose indents what follows these two, and so reads back more than it wrote; nor does it read
				// a block that begins with a tab, which it writes
				const value = drawn.replaceAll(/[\u2028\u2029]/g, '').replace(/^\t+/, '');
				assert.deepEqual(toPlain(parsedOne(writeYaml(new Map([['k', [value]]])))), { k: [value] });
			}),
			{ numRuns: 2000 },
		);
	});
});
