import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { substitute } from '../../src/document/substitute.ts';
import { Findings } from '../../src/errors/findings.ts';
import { splitShellWords } from '../../src/loader/canonical/shell-words.ts';
import { readEnv } from '../../src/sources/env-grammar.ts';
import { readRawEnv } from '../../src/sources/raw-env.ts';
import { runs } from '../support/property-runs.ts';

const variables: ReadonlyMap<string, string> = new Map([
	['SET', 'value'],
	['EMPTY', ''],
	['ODD', '${SET} $$ }{'],
]);
const source = { lookup: (name: string) => variables.get(name), onUnset: () => undefined };

interface Piece {
	readonly text: string;
	readonly value: string;
}

/** Uses of variables, each with what it must become: written by rules of its own, not by the code under test. */
const { expression } = fc.letrec<{ expression: Piece; piece: Piece; operation: Piece }>((tie) => ({
	expression: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => ({
		text: pieces.map(({ text }) => text).join(''),
		value: pieces.map(({ value }) => value).join(''),
	})),
	piece: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.stringMatching(/^[ -#%-z|~äλ😀]{0,6}$/u).map((text) => ({ text, value: text })),
		fc.constant({ text: '$$', value: '$' }),
		fc
			.constantFrom('SET', 'EMPTY', 'ODD', 'UNSET')
			.map((name) => ({ text: `\${${name}}`, value: variables.get(name) ?? '' })),
		tie('operation'),
	),
	operation: fc
		.tuple(fc.constantFrom('SET', 'EMPTY', 'ODD', 'UNSET'), fc.constantFrom('-', ':-', '+', ':+'), tie('expression'))
		.map(([name, operator, { text, value }]) => ({
			text: `\${${name}${operator}${text}}`,
			value: appliedTo(variables.get(name), operator, value),
		})),
}));

function appliedTo(value: string | undefined, operator: string, word: string): string {
	const counts = operator.startsWith(':') ? (value ?? '') !== '' : value !== undefined;
	if (operator.endsWith('-')) return counts ? (value ?? '') : word;
	return counts ? word : (value ?? '');
}

describe('interpolation', () => {
	test('gives what the grammar says, however uses are nested', () => {
		fc.assert(
			fc.property(expression, ({ text, value }) => assert.equal(substitute(text, source), value)),
			runs,
		);
	});

	test('leaves text without a dollar sign as it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const plain = text.replaceAll('$', '');
				assert.equal(substitute(plain, source), plain);
			}),
			runs,
		);
	});

	test('gives any text back from its escaped form', () => {
		const text = fc.string({ unit: fc.constantFrom(...'$${}:-+?AB\n ') });
		fc.assert(
			fc.property(text, (written) => assert.equal(substitute(written.replaceAll('$', '$$$$'), source), written)),
			runs,
		);
	});

	test('ends with a text or a problem for any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'$${{}}:-+?SET\n_1 '), maxLength: 40 }), (text) => {
				const result = substitute(text, source);
				assert.ok(typeof result === 'string' || ['invalid', 'required'].includes(result.kind));
			}),
			runs,
		);
	});
});

/** What an env file sets, and what it complains about. */
function readEnvText(text: string): { readonly variables: ReadonlyMap<string, string>; readonly problems: number } {
	const [findings, into] = [new Findings(), new Map<string, string>()];
	readEnv({ path: '.env', text }, { lookup: () => undefined, into, findings });
	return { variables: into, problems: findings.errors.length };
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/).filter((word) => word !== '__proto__');
const value = fc.string({ unit: fc.constantFrom(...'ab \t\n\'"\\$#={}ä😀'), maxLength: 12 });

const quotings: readonly { readonly style: string; readonly write: (text: string) => string | undefined }[] = [
	{
		style: 'double',
		write: (text) =>
			`"${text
				.replaceAll(/["\\$]/g, '\\$&')
				.replaceAll('\n', '\\n')
				.replaceAll('\t', '\\t')}"`,
	},
	{ style: 'single', write: (text) => (/['\\]/.test(text) ? undefined : `'${text}'`) },
	{ style: 'no', write: (text) => (/^['"]|[\s\\$#]|^$/.test(text) ? undefined : text) },
];

describe('env files', () => {
	for (const { style, write } of quotings) {
		test(`give back values in ${style} quotes`, () => {
			fc.assert(
				fc.property(
					fc.array(fc.tuple(name, value, fc.constantFrom('', 'export ', '  '), fc.constantFrom('', ' # note'))),
					(lines) => {
						const writable = lines.filter(([, text]) => write(text) !== undefined);
						const text = writable.map(
							([key, written, before, after]) => `${before}${key}=${write(written)}${style === 'no' ? after : ''}\n`,
						);
						const read = readEnvText(`# begin\n\n${text.join('\n')}`);
						assert.equal(read.problems, 0);
						assert.deepEqual(read.variables, new Map(writable.map(([key, written]) => [key, written])));
					},
				),
				runs,
			);
		});
	}

	test('are read or refused, whatever they hold', () => {
		const scraps = fc.string({ unit: fc.constantFrom(...'AB=:\'"\\$#{}- \n\t\r\u0085'), maxLength: 60 });
		fc.assert(
			fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (text) => {
				const read = readEnvText(text);
				assert.ok([...read.variables.keys()].every((key) => key !== '' && !/[\s=]/.test(key)));
				const raw = { lookup: () => undefined, into: new Map<string, string>(), findings: new Findings() };
				readRawEnv({ path: '.env', text }, raw);
				assert.ok([...raw.into.keys()].every((key) => key !== '' && !/[ \t=]/.test(key)));
			}),
			runs,
		);
	});
});

describe('command lines', () => {
	test('give back words in single quotes', () => {
		const words = fc.array(fc.string({ unit: 'binary', maxLength: 8 }));
		fc.assert(
			fc.property(words, (parts) => {
				const quoted = parts.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`);
				assert.deepEqual(splitShellWords(quoted.join(' ')), parts);
			}),
			runs,
		);
	});

	test('are split or refused, whatever they hold', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'ab \'"\\`$()&|;<>2\n\t') }), (text) => {
				const words = splitShellWords(text);
				assert.ok(words === undefined || words.every((word) => typeof word === 'string'));
			}),
			runs,
		);
	});
});
