import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dollarPlaces, reportProblem, reportUnset } from '../../../src/document/report-substitution.ts';
import { substitute } from '../../../src/document/substitute.ts';
import { Findings } from '../../../src/errors/findings.ts';

describe('where a dollar of a value stands in its source', () => {
	const cases: readonly { when: string; source: string; start: number; value: string; offset: number; at: number }[] = [
		{ when: 'plain', source: 'a: x$B', start: 3, value: 'x$B', offset: 1, at: 4 },
		{ when: 'in quotes', source: 'a: "x$B"', start: 3, value: 'x$B', offset: 1, at: 5 },
		{ when: 'behind another dollar', source: 'a: $$ ${B', start: 3, value: '$$ ${B', offset: 3, at: 6 },
		{ when: 'behind an escape', source: 'a: "\\n\\n$B"', start: 3, value: '\n\n$B', offset: 2, at: 8 },
		{ when: 'in a block', source: 'a: |\n    x\n    ${B', start: 3, value: 'x\n${B\n', offset: 2, at: 15 },
		{
			when: 'written as an escape itself: the start of the value',
			source: 'a: "\\x24B"',
			start: 3,
			value: '$B',
			offset: 0,
			at: 3,
		},
		{
			when: 'one of two written as an escape: the start too',
			source: 'a: "\\x24$B" $C',
			start: 3,
			value: '$$B',
			offset: 1,
			at: 3,
		},
	];
	for (const { when, source, start, value, offset, at } of cases) {
		test(when, () => {
			const place = dollarPlaces(value, { source: { path: 'c', text: source }, offset: start })(offset);
			assert.equal(place.offset, at);
		});
	}

	test('asked for an earlier one, it starts again', () => {
		const places = dollarPlaces('$A $B', { source: { path: 'c', text: '"$A $B"' }, offset: 0 });
		assert.deepEqual(
			[3, 0, 3].map((offset) => places(offset).offset),
			[4, 1, 4],
		);
	});
});

describe('what is wrong with a use of a variable', () => {
	const cases: readonly { text: string; message: string; hint: string }[] = [
		{
			text: 'a ${B:x} c',
			message: '`${B:x}` is not a valid use of a variable',
			hint: 'Write `${NAME}` or `${NAME:-default}`, or `$$` for a plain dollar sign.',
		},
		{
			text: 'a ${B:-x\ny}',
			message: '`${B:-x` is not closed on its line',
			hint: 'Add the missing `}` to the line, or `$$` for a plain dollar sign.',
		},
		{
			text: '${B:?must be set}',
			message: 'the variable `B` is required but has no value: must be set',
			hint: 'Set `B` in the environment or in `.env`.',
		},
		{
			text: '${B?}',
			message: 'the variable `B` is required but has no value',
			hint: 'Set `B` in the environment or in `.env`.',
		},
	];
	for (const { text, message, hint } of cases) {
		test(JSON.stringify(text), () => {
			const findings = new Findings();
			const problem = substitute(text, { lookup: () => undefined, onUnset: () => undefined });
			if (typeof problem === 'string') throw new Error('the text is right');
			reportProblem(problem, findings, { path: ['x'] });
			assert.deepEqual(
				findings.errors.map((error) => [error.message, error.hint, error.path]),
				[[message, hint, 'x']],
			);
		});
	}

	test('an unset one is only a warning', () => {
		const findings = new Findings();
		reportUnset('B', findings, {});
		assert.equal(findings.hasErrors, false);
		assert.deepEqual(
			findings.warnings.map(({ message }) => message),
			['the variable `B` is not set, an empty text takes its place'],
		);
	});
});
