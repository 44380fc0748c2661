import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { nodeAt, toPlain } from '../../../src/document/plain.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { locate } from '../../../src/errors/source-location.ts';
import { cpuTimer } from '../../support/cpu-time.ts';
import { parsed, parsedDocuments, parsedOne } from '../../support/load-text.ts';

const problemsOf = (text: string): readonly string[] => {
	const findings = new Findings();
	parseYaml({ path: 'compose.yaml', text }, findings);
	return findings.errors.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`);
};

describe('parseYaml', () => {
	const readings: readonly { when: string; text: string; value: unknown }[] = [
		{ when: 'words of YAML 1.1 stay text', text: 'a: yes\nb: on', value: { a: 'yes', b: 'on' } },
		{ when: 'quoted numbers stay text', text: 'a: "1"\nb: \'2\'', value: { a: '1', b: '2' } },
		{
			when: 'a merge key adds what is not there',
			text: 'x: &x {a: 1, b: 2}\ny: {<<: *x, a: 9}',
			value: { x: { a: 1, b: 2 }, y: { a: 9, b: 2 } },
		},
		{
			when: 'the first of merged mappings wins',
			text: 'y: {<<: [{a: 1}, {a: 2, b: 3}]}',
			value: { y: { a: 1, b: 3 } },
		},
		{
			when: 'own keys win wherever they stand',
			text: 'x: &x {a: 1}\ny:\n  a: 9\n  <<: *x',
			value: { x: { a: 1 }, y: { a: 9 } },
		},
		{ when: 'a tag says what a scalar is', text: 'a: !!str 1\nb: !!int "3"', value: { a: '1', b: 3 } },
		{ when: 'an unknown tag leaves text', text: 'a: !mine 1', value: { a: '1' } },
		{
			when: 'tags name types that JSON has not, the values stay what they are written as',
			text: 'c: !!omap [x: 1]\nd: !!set {x}',
			value: { c: [{ x: 1 }], d: { x: null } },
		},
		{ when: 'a block keeps its lines', text: 'a: |\n  x\n  y\n', value: { a: 'x\ny\n' } },
		{
			when: 'a colon without a blank behind it belongs to its key',
			text: 'a: {b:, c :}\nd: {e: , "f":, g: }',
			value: { a: { 'b:': null, 'c :': null }, d: { e: null, f: null, g: null } },
		},
		{
			when: 'a colon without a blank behind it belongs to its text in a list',
			text: 'a: [b:, c :, 1:, d::, http://e:]\nf: [g: , "h":, i: j]',
			value: { a: ['b:', 'c :', '1:', 'd::', 'http://e:'], f: [{ g: null }, { h: null }, { i: 'j' }] },
		},
		{
			when: 'a colon without a blank behind it makes no merge key, no number and no end of a line',
			text: 'a: {<<:, 1:}\nb: [c\n d:, &e f:, *e, !!str g:]',
			value: { a: { '<<:': null, '1:': null }, b: ['c d:', 'f:', 'f:', 'g:'] },
		},
		{ when: 'outside of brackets a colon before a comma is text', text: 'a:,b: c:,d', value: { 'a:,b': 'c:,d' } },
		{ when: 'JSON is YAML', text: '{"a": [1, null]}', value: { a: [1, null] } },
		{ when: 'a list item tagged !reset is dropped', text: 'a: [!reset x, y]', value: { a: ['y'] } },
		...['\r', '\r\n', '\u0085', '\u2028', '\u2029'].map((end) => ({
			when: `lines end with ${JSON.stringify(end)}`,
			text: `# c${end}a:${end}  b: 1${end}c: [2,${end}3]`,
			value: { a: { b: 1 }, c: [2, 3] },
		})),
		{
			when: 'a next line folds as a newline does',
			text: "a: 'b\u0085c'\nd: |\n  e\u0085  f\ng: h\u0085\u0085  i",
			value: { a: 'b c', d: 'e\nf\n', g: 'h\ni' },
		},
		{
			when: 'separators stay what they are in quotes, plain texts and blocks',
			text: 'a: "b \u2028 \\tc"\nd: h\u2028  i\nj: |\n  k\u2028  l\nm: >-\n  n\u2028  o\n  p\n',
			value: { a: 'b\u2028\tc', d: 'h\u2028i', j: 'k\u2028l\n', m: 'n\u2028o p' },
		},
		{
			when: 'a newline before separators goes, one behind them stays',
			text: 'a: "b\n\u2028c"\nd: |2+\n   e\u2028\n  f\n\n',
			value: { a: 'b\u2028c', d: ' e\u2028\nf\n\n' },
		},
		{
			when: 'an escaped end of a line leaves the empty lines below it',
			text: 'a: "b \\\n\n  c"\nd: "\\\'"',
			value: { a: 'b \nc', d: "'" },
		},
		{
			when: 'quotes and brackets may be indented as they like',
			text: 'a:\n  b: "c\n\n d"\n  e: [f, # g\n"h]\n#", i\n]\n  j: {\n\tk: [l\n],\n  m: \'n\no\'}\n  p: 1',
			value: { a: { b: 'c\nd', e: ['f', 'h] #', 'i'], j: { k: ['l'], m: 'n o' }, p: 1 } },
		},
		{
			when: 'a comment needs no blank before it',
			text: 'a: "b"#c\nd: [e,#f\n  g]#h',
			value: { a: 'b', d: ['e', 'g'] },
		},
		{
			when: 'the tag `!` says nothing of a plain text',
			text: 'a: ! 1\nb: !\nc: ! "1"',
			value: { a: 1, b: null, c: '1' },
		},
		{ when: 'YAML 1.1 may be named', text: '%YAML 1.1 #c\n%TAG ! tag:x:\n---\na: 1', value: { a: 1 } },
		{
			when: 'dates are values of extensions',
			text: 'x-a: 2001-01-02\nb: {c: {x-d: [&e 2001-1-2 3:4:5]}, f: {x-g: *e}}',
			value: {
				'x-a': '2001-01-02T00:00:00Z',
				b: { c: { 'x-d': ['2001-01-02T03:04:05Z'] }, f: { 'x-g': '2001-01-02T03:04:05Z' } },
			},
		},
		{
			when: 'what is no day is text, and so is a day with a tag that says so',
			text: 'a: 2001-02-30\nb: !!str 2001-01-01',
			value: { a: '2001-02-30', b: '2001-01-01' },
		},
		...['|', '>', '|+'].map((header) => ({
			when: `a block \`${header}\` whose last line does not end has no end of a line`,
			text: `a: ${header}\n  b\n  c `,
			value: { a: header === '>' ? 'b c ' : 'b\nc ' },
		})),
		{ when: 'blanks below a block are no line of it', text: 'a: |\n  b\n  ', value: { a: 'b\n' } },
		{ when: 'a block of blanks is empty', text: 'a: |\n  \n    ', value: { a: '' } },
		{
			when: 'an escaped carriage return leaves the empty lines below it',
			text: 'a: "b\\\r\r  c"\rd: \'e\r\t\r f\'',
			value: { a: 'b\nc', d: 'e\nf' },
		},
		{
			when: 'lists in a list may be indented as they like',
			text: 'a: [{b: c},\n{d: [e,\n[f]]}\n]\ng: h',
			value: { a: [{ b: 'c' }, { d: ['e', ['f']] }], g: 'h' },
		},
		{ when: 'a tag makes text of a merge key', text: 'a: {!!str <<: {b: c}}', value: { a: { '<<': { b: 'c' } } } },
		{ when: 'an empty mapping stays a mapping', text: 'a: {}\nb: []', value: { a: {}, b: [] } },
	];
	for (const { when, text, value } of readings) {
		test(when, () => assert.deepEqual(toPlain(parsedOne(text)), value));
	}

	const refusals: readonly { when: string; text: string; problem: string }[] = [
		{ when: 'a bracket follows a colon without a blank', text: 'a: {b:[c]}', problem: '1:7 this is not valid YAML' },
		{ when: 'a bracket is open', text: 'a: [1,\nb: 2', problem: '1:4 this is not valid YAML' },
		{
			when: 'two keys share a line',
			text: 'a: b: c',
			problem: '1:4 this is not valid YAML: a second `: ` on one line',
		},
		{ when: 'a tab indents', text: 'a:\n\t- x', problem: '2:1 this is not valid YAML: a tab is used for indentation' },
		{ when: 'a quote is open', text: 'a: "x', problem: '1:4 this is not valid YAML' },
		{ when: 'a key is given twice', text: 'a: 1\nb: 2\na: 3', problem: '3:1 the key `a` is given twice' },
		{ when: 'a key is a number', text: '1: x', problem: '1:1 a key must be text, found `1`' },
		{ when: 'a key is a truth value', text: 'true: x', problem: '1:1 a key must be text, found `true`' },
		{ when: 'a key is a list', text: '? [a]\n: x', problem: '1:3 a key must be text, found a sequence' },
		{
			when: 'a key would reach the prototype',
			text: '__proto__: {a: 1}',
			problem: '1:1 the key `__proto__` is not allowed',
		},
		{ when: 'an alias has no anchor', text: 'a: *x', problem: '1:4 no anchor `&x` stands before this alias' },
		{ when: 'an alias contains itself', text: 'a: &x [*x]', problem: '1:8 the alias `*x` contains itself' },
		{ when: 'a merge key takes a text', text: 'a: {<<: x}', problem: '1:9 `<<` takes a mapping or a list of mappings' },
		{
			when: 'a date stands unquoted',
			text: 'a: 2001-01-01',
			problem: '1:4 `2001-01-01` is a date, which no attribute takes',
		},
		{
			when: 'an attribute takes the date of an extension',
			text: 'x-a: &a [2001-01-01]\nb: {c: *a}',
			problem: '2:8 `*a` is a date, which no attribute takes',
		},
		{
			when: 'a key is a date',
			text: 'x-a: {2001-01-01: b}',
			problem: '1:7 a key must be text, found `2001-01-01T00:00:00Z`',
		},
		{
			when: 'two merge keys stand in a mapping',
			text: 'a: &a {b: c}\nd:\n  <<: *a\n  <<: *a',
			problem: '4:3 the key `<<` is given twice, first on line 3',
		},
		{
			when: 'a mark of Unicode stands below a comment',
			text: '# a\n\ufeffb: c',
			problem: '2:1 this is not valid YAML: the mark of Unicode U+FEFF',
		},
		{ when: 'a document ends before it begins', text: '...\n---\na: b', problem: '1:1 this is not valid YAML: `...`' },
		{
			when: 'a tag gets a handle that is none',
			text: '%TAG !e tag:x:\n---\na: b',
			problem: '1:1 this is not valid YAML: `!e` is no handle',
		},
	];
	for (const { when, text, problem } of refusals) {
		test(`is refused when ${when}`, () => assert.ok(problemsOf(text)[0]?.startsWith(problem), problemsOf(text)[0]));
	}

	test('several documents come in their order', () => {
		assert.deepEqual(parsed('a: 1\n---\nb: 2').map(toPlain), [{ a: 1 }, { b: 2 }]);
	});

	test('an alias finds an anchor of an earlier document', () => {
		assert.deepEqual(parsed('a: &a {b: 1}\n---\nc: {<<: *a}\n').map(toPlain), [{ a: { b: 1 } }, { c: { b: 1 } }]);
	});

	test('an empty text holds no value', () => assert.deepEqual(parsed('# nothing\n').map(toPlain), [null]));

	test('every node knows its place', () => {
		const node = nodeAt(parsedOne('a:\n  b:\n    - x\n    - y\n'), ['a', 'b', 1]);
		assert.deepEqual(node && locate(node.at), { file: 'compose.yaml', line: 4, column: 7, lineText: '    - y' });
	});

	const tagged: readonly { when: string; text: string; value: unknown; resets: readonly string[] }[] = [
		{
			when: 'what is tagged !reset is gone, and both tags are remembered',
			text: 'a: !reset null\nb: !override [1]\nc: {d: !reset {}, e: 1}',
			value: { b: [1], c: { e: 1 } },
			resets: ['a', 'b', 'c.d'],
		},
		{
			when: 'tags inside a tagged value mean nothing',
			text: 'a: !override {b: !reset [1], c: !override 2}',
			value: { a: { b: [1], c: '2' } },
			resets: ['a'],
		},
		{
			when: 'an override counts at each alias of its anchor',
			text: 'x: &x {a: !override [1]}\ny: *x\nz: {<<: *x, a: 2}',
			value: { x: { a: [1] }, y: { a: [1] }, z: { a: 2 } },
			resets: ['x.a', 'y.a', 'z.a'],
		},
		{
			when: 'a reset inside an anchor counts where it is written',
			text: 'x: &x {a: !reset 1, b: 2}\ny: *x\nz: {<<: *x}',
			value: { x: { b: 2 }, y: { b: 2 }, z: { b: 2 } },
			resets: ['x.a'],
		},
		{
			when: 'an anchor of a reset resets at each alias',
			text: 'x: &x !reset []\ny: {z: *x}',
			value: { y: {} },
			resets: ['x', 'y.z'],
		},
		{
			when: 'a merged mapping that overrides takes the place of all',
			text: 'x: &x !override {a: 1}\ny: {<<: *x, b: 2}',
			value: { x: { a: 1 }, y: { a: 1, b: 2 } },
			resets: ['x', 'y'],
		},
		{
			when: 'tags of keys steer nothing',
			text: 'a: {!reset b: 1, !override c: 2}',
			value: { a: { b: 1, c: 2 } },
			resets: [],
		},
		{ when: 'a reset key still counts as given', text: 'a: !reset 1\nb: 2', value: { b: 2 }, resets: ['a'] },
	];
	for (const { when, text, value, resets } of tagged) {
		test(when, () => {
			const [document] = parsedDocuments(text);
			assert.deepEqual(document && toPlain(document.root), value);
			assert.deepEqual(
				document?.resets.map((path) => path.join('.')),
				resets,
			);
		});
	}

	test('aliases that multiply are refused before they fill the memory', () => {
		const tenfold = 'abcdefghi'
			.split('')
			.map((name, index) => `${'bcdefghij'[index]}: &${'bcdefghij'[index]} [${Array(10).fill(`*${name}`)}]`);
		const cpuMs = cpuTimer();
		assert.match(
			problemsOf(`a: &a [${Array(10).fill('x')}]\n${tenfold.join('\n')}`)[0] ?? '',
			/spells out to more than/,
		);
		assert.ok(cpuMs() < 2000);
	});

	test('deep nesting is refused without ending the call stack', () => {
		assert.match(problemsOf(`a: ${'['.repeat(50_000)}`)[0] ?? '', /nested deeper than 100 levels/);
	});
});
