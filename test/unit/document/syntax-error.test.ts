import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import { Findings } from '../../../src/errors/findings.ts';

const cases: readonly { when: string; text: string; at: string; message: string; hint: string }[] = [
	{
		when: 'a quote is open at the end of the file',
		text: 'a:\n  b: "x\n  c: d\n',
		at: '2:6',
		message: 'the quote `"` is not closed',
		hint: 'Close it with ".',
	},
	{
		when: 'a single quote is open',
		text: "a: 'x\n",
		at: '1:4',
		message: "the quote `'` is not closed",
		hint: "Close it with '.",
	},
	{
		when: 'a brace is open at the end of the file',
		text: 'a: {b: {c: x}\n',
		at: '1:4',
		message: 'the bracket `{` is not closed',
		hint: 'Add the missing `}`, and indent what is inside.',
	},
	{
		when: 'a bracket is open before the next key',
		text: 'a:\n  b: [1, 2\n  c: d\n',
		at: '2:6',
		message: 'the bracket `[` is not closed',
		hint: 'Add the missing `]`, and indent what is inside.',
	},
	{
		when: 'an inner bracket is open',
		text: 'a: {b: [c}\n',
		at: '1:8',
		message: 'the bracket `[` is not closed',
		hint: 'Add the missing `]`, and indent what is inside.',
	},
	{
		when: 'a line is indented like none above',
		text: 'a:\n  b: x\n c: d\n',
		at: '3:2',
		message: 'this line is indented like none of those above it',
		hint: 'Indent it as its neighbours are.',
	},
	{
		when: 'a key stands among list items',
		text: 'a:\n  - b: x\n  d: e\n',
		at: '3:3',
		message: 'this line is indented like none of those above it',
		hint: 'Indent it as its neighbours are.',
	},
	{
		when: 'a value holds another key',
		text: 'a: b: c\n',
		at: '1:4',
		message: 'a second `: ` on one line',
		hint: 'Put the value in quotes, or the inner key on a line of its own.',
	},
	{
		when: 'a value is followed by a deeper line',
		text: 'a: x\n  b: c\n',
		at: '1:4',
		message: 'the line below this value is indented as a part of it',
		hint: 'Indent both lines alike, or remove the value.',
	},
	{
		when: 'a colon is missing',
		text: 'a\n  b: c\n',
		at: '1:1',
		message: 'a key is not followed by `:` on its line',
		hint: 'Write `:` behind the key.',
	},
	{
		when: 'a value starts with a sign of YAML',
		text: 'a: @x\n',
		at: '1:4',
		message: 'a value cannot start with `@`',
		hint: 'Put the value in quotes.',
	},
	{
		when: 'a tab indents',
		text: 'a:\n\tb: c\n',
		at: '2:1',
		message: 'a tab is used for indentation',
		hint: 'Indent with spaces.',
	},
	{
		when: 'a comma is missing',
		text: '{a: b c: d}\n',
		at: '1:5',
		message: 'two entries without a comma between them',
		hint: 'Put a comma between the entries, or the value in quotes.',
	},
	{
		when: 'text follows a quoted value',
		text: 'a: "x" y\n',
		at: '1:8',
		message: 'text stands behind the end of a value',
		hint: 'Remove it, or put the whole value in quotes.',
	},
	{
		when: 'a bracket closes nothing',
		text: 'a: [1]]\n',
		at: '1:7',
		message: '`]` closes nothing',
		hint: 'Remove it, or put the value in quotes.',
	},
	{
		when: 'a list starts on the line of its key',
		text: 'a: - b\n',
		at: '1:4',
		message: 'a list starts on the line of its key',
		hint: 'Start the list on the next line.',
	},
	{
		when: 'an escape is unknown',
		text: 'a: "\\q"\n',
		at: '1:5',
		message: '`\\q` is no escape sequence',
		hint: 'Write the backslash twice, or use single quotes.',
	},
	{
		when: 'an alias has no name',
		text: 'a: *\n',
		at: '1:4',
		message: '`*` names no anchor',
		hint: 'Put the value in quotes, or name an anchor.',
	},
	{
		when: 'nothing better is known',
		text: 'a: !<x\n',
		at: '1:4',
		message: 'verbatim tags must end with a >',
		hint: 'Check indentation, quotes and brackets around this place.',
	},
];

describe('a text that is no YAML', () => {
	for (const { when, text, at, message, hint } of cases) {
		test(`when ${when}`, () => {
			const findings = new Findings();
			assert.deepEqual(parseYaml({ path: 'compose.yaml', text }, findings), []);
			assert.deepEqual(
				findings.errors.map((error) => [
					error.code,
					`${error.at?.line}:${error.at?.column}`,
					error.message,
					error.hint,
				]),
				[['YAML_INVALID', at, `this is not valid YAML: ${message}`, hint]],
			);
		});
	}
});
