import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mentionedVariables } from '../../../src/document/mentioned-variables.ts';

const shown = (text: string): string =>
	mentionedVariables(text)
		.map(({ name, required, otherwise, instead }) => [name, required ? '!' : '', otherwise, instead].join('|'))
		.join(' ');

describe('mentionedVariables', () => {
	const cases = [
		{ text: 'plain', are: '' },
		{ text: '$A ${B}', are: 'A||| B|||' },
		{ text: '$$A $1 ${} a$', are: '' },
		{ text: '${A:-x} and ${B-y}', are: 'B||y| A||x|' },
		{ text: '${A:+x}${B+y}', are: 'B|||y A|||x' },
		{ text: '${A:?m} ${B?}', are: 'B|!|| A|!||' },
		{ text: '${A-x} $B ${C-y} $D', are: 'B||| C||y| A||x| D|||' },
		{ text: '${A-x}\n${B-y}', are: 'A||x| B||y|' },
		{ text: '${A:-${B:-${C}}}', are: 'A||${B:-${C}}| B||${C}| C|||' },
		{ text: '${A:+${B}}', are: 'A|||${B} B|||' },
		{ text: '${A:?needs $B}', are: 'A|!||' },
		{ text: '${A:-\nx} $B', are: 'B|||' },
		{ text: '${A!x}', are: '' },
	];
	for (const { text, are } of cases) test(JSON.stringify(text), () => assert.equal(shown(text), are));

	test('nesting without end ends', () => {
		assert.ok(mentionedVariables('${A:-'.repeat(1000) + '}'.repeat(1000)).length <= 101);
	});
});
