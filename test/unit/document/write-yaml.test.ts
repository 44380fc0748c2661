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
		['<<', '"<<"'],
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
	for (const [what, value, yaml] of values) {
		test(what, () => assert.equal(written(value), yaml));
	}

	test('what is written reads back as itself', () => {
		const text = fc.string({
			unit: fc.oneof(
				fc.constantFrom(...' \n\t:#-\'"?{}[],&*!|>%@`~01eEyYnN._\r\u00a0\u2028é'),
				fc.string({ minLength: 1, maxLength: 1 }),
			),
		});
		fc.assert(
			fc.property(text, (value) => {
				assert.deepEqual(toPlain(parsedOne(writeYaml(new Map([['k', [value]]])))), { k: [value] });
			}),
			{ numRuns: 2000 },
		);
	});
});
