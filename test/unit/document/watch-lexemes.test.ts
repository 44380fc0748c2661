import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { toPlain } from '../../../src/document/plain.ts';
import { watchLexemes } from '../../../src/document/watch-lexemes.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { parsedOne } from '../../support/load-text.ts';

const problemOf = (text: string): string | undefined => {
	const findings = new Findings();
	parseYaml({ path: 'compose.yaml', text }, findings);
	const [error] = findings.errors;
	return error === undefined ? undefined : `${error.at?.line}:${error.at?.column} ${error.message} ${error.hint}`;
};

const escaped =
	'this is not valid YAML: the quote `"` is not closed: `\\"` stands for a quote in the text Write the backslash twice, or use single quotes.';
const doubled = "this is not valid YAML: the quote `'` is not closed: `''` stands for one in the text Close it with '.";
const unparted = (property: string): string =>
	`this is not valid YAML: no blank stands behind \`${property}\` Put a blank behind it, or the whole value in quotes.`;

describe('watchLexemes', () => {
	const refusals: readonly { when: string; text: string; problem: string }[] = [
		{ when: 'a backslash ends a text', text: 'a:\n  - "C:\\data\\"\nb: "c"', problem: `2:5 ${escaped}` },
		{ when: 'it is the last text', text: 'a: "b\\\\\\"', problem: `1:4 ${escaped}` },
		{ when: 'a single quote is doubled', text: "a:\n  - 'b''\nc: 'd'", problem: `2:5 ${doubled}` },
		{ when: 'a tag runs into the end of a list', text: 'a: [!b]', problem: `1:5 ${unparted('!b')}` },
		{ when: 'a tag runs into quotes', text: 'a: !b"c"', problem: `1:4 ${unparted('!b')}` },
		{ when: 'a tag holds a hash', text: 'a: !b#c d', problem: `1:4 ${unparted('!b#c')}` },
		{ when: 'an anchor runs into a list', text: 'a: [&b[c]]', problem: `1:5 ${unparted('&b')}` },
	];
	for (const { when, text, problem } of refusals) {
		test(`tells when ${when}`, () => assert.equal(problemOf(text), problem));
	}

	const readings: readonly { when: string; text: string; value: unknown }[] = [
		{ when: 'two backslashes', text: 'a: "b\\\\"', value: { a: 'b\\' } },
		{ when: 'a text that goes on below', text: 'a:\n  b: "c\\"\nd"', value: { a: { b: 'c" d' } } },
		{ when: 'a quoted quote', text: "a: ''''\nb: ''\nc: 'd'''", value: { a: "'", b: '', c: "d'" } },
		{ when: 'a block that begins with a quote', text: 'a: |\n  "b\\"\nc: >-\n  !d', value: { a: '"b\\"\n', c: '!d' } },
		{ when: 'an anchor in a list', text: 'a: [&b c, *b, &d]', value: { a: ['c', 'c', null] } },
	];
	for (const { when, text, value } of readings) {
		test(`is content with ${when}`, () => assert.deepEqual(toPlain(parsedOne(text)), value));
	}

	test('a long text of quotes takes no time', () => {
		const started = performance.now();
		assert.equal(problemOf(`a: '${"''".repeat(200_000)}x'\nb: "${'\\'.repeat(200_000)}"`), undefined);
		assert.ok(performance.now() - started < 2000);
	});

	test('looks at no lexeme of a text that has nothing of it', () => {
		assert.equal(watchLexemes('a: "b"\nc: [d]\n', []), undefined);
	});
});
