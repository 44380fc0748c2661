import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { toPlain } from '../../../src/document/plain.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { parsedOne } from '../../support/load-text.ts';

const problemOf = (text: string): string | undefined => {
	const findings = new Findings();
	parseYaml({ path: 'compose.yaml', text }, findings);
	const [error] = findings.errors;
	return error === undefined ? undefined : `${error.at?.line}:${error.at?.column} ${error.message}`;
};

const indents = 'this is not valid YAML: a tab is used for indentation';

describe('a tab', () => {
	const refusals: readonly { when: string; text: string; problem: string }[] = [
		{ when: 'alone on the first line', text: '\t\na: 1', problem: `1:1 ${indents}` },
		{ when: 'before the first comment', text: '\t# c\na: 1', problem: `1:1 ${indents}` },
		{ when: 'alone on a line', text: 'a: b\n\t\nc: d', problem: `2:1 ${indents}` },
		{ when: 'alone on the last line', text: 'a:\n  b: c\n \t', problem: `3:2 ${indents}` },
		{ when: 'behind the blanks of an empty line', text: 'a:\n  b: c\n  \t\n  d: e', problem: `3:3 ${indents}` },
		{ when: 'before a comment', text: 'a:\n  b: c\n  \t# d\n', problem: `3:3 ${indents}` },
		{ when: 'between a comment and a key', text: 'a:\n  # b\n\t\n  c: d', problem: `3:1 ${indents}` },
		{ when: 'below a comment behind a value', text: 'a: b # c\n\t# d\n', problem: `2:1 ${indents}` },
		{ when: 'below quotes', text: 'a: "b"\n\t\nc: d', problem: `2:1 ${indents}` },
		{ when: 'below brackets', text: 'a: [b]\n\t\nc: d', problem: `2:1 ${indents}` },
		{ when: 'below a text in brackets', text: 'a: [b\n\t, c]', problem: `2:1 ${indents}` },
		{
			when: 'behind the dash of an item',
			text: 'a:\n  -\tb',
			problem: '2:4 this is not valid YAML: a tab stands behind `-`',
		},
		{
			when: 'behind a question mark',
			text: '?\ta\n: b',
			problem: '1:2 this is not valid YAML: a tab stands behind `?`',
		},
		{
			when: 'behind the colon of such a key',
			text: '? a\n:\tb',
			problem: '2:2 this is not valid YAML: a tab stands behind `:`',
		},
		{ when: 'at the begin of a block', text: 'a: |\n  \tb', problem: `2:3 ${indents}` },
		{ when: 'on an empty line before a block', text: 'a: |\n\n \t\n  b', problem: `3:2 ${indents}` },
		{ when: 'below a block', text: 'a: |\n  b\n# c\n\t\nd: e', problem: `4:1 ${indents}` },
	];
	for (const { when, text, problem } of refusals) {
		test(`is refused ${when}`, () => assert.equal(problemOf(text), problem));
	}

	const readings: readonly { when: string; text: string; value: unknown }[] = [
		{ when: 'behind a colon', text: 'a:\tb\nc\t:\td', value: { a: 'b', c: 'd' } },
		{ when: 'behind a value and before a comment', text: 'a: b\t\nc: d\t# e', value: { a: 'b', c: 'd' } },
		{ when: 'in a text', text: 'a: b\tc\nd: "e\tf"', value: { a: 'b\tc', d: 'e\tf' } },
		{ when: 'behind the indentation of a text that goes on', text: 'a: b\n  \tc', value: { a: 'b c' } },
		{ when: 'behind the indentation of an empty line', text: 'a: b\n \t\nc: d', value: { a: 'b', c: 'd' } },
		{ when: 'in quotes of several lines', text: 'a:\n  b: "c\n\td"', value: { a: { b: 'c d' } } },
		{
			when: 'in brackets',
			text: 'a: [\tb,\n\tc\t]\nd: {\te:\tf,\n\tg: h}',
			value: { a: ['b', 'c'], d: { e: 'f', g: 'h' } },
		},
		{ when: 'between two comments', text: '# a\n\t# b\n\n \t\n# c\nd: e', value: { d: 'e' } },
		{ when: 'between comments in a list', text: 'a:\n  - # b\n\t# c\n    d', value: { a: ['d'] } },
		{ when: 'behind the indentation of a block', text: 'a: |\n  b\n  \tc\n', value: { a: 'b\n\tc\n' } },
		{ when: 'behind the indentation that a digit gives', text: 'a: |2\n  \tb\n', value: { a: '\tb\n' } },
	];
	for (const { when, text, value } of readings) {
		test(`is read ${when}`, () => assert.deepEqual(toPlain(parsedOne(text)), value));
	}
});
