import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { describeFailure, failureOf } from '../../../src/use-cases/describe-failure.ts';

const at = (file: string, line: number) => ({ file, line, column: 3, lineText: 'x' });

const cases: readonly { readonly when: string; readonly error: unknown; readonly text: string }[] = [
	{
		when: 'it has a place, a cause and a next step',
		error: new LabcError('APPLY_FAILED', 'it broke', {
			at: at('/lab/api/Dockerfile', 2),
			cause: 'why',
			hint: 'Mend it.',
		}),
		text: 'api/Dockerfile:2:3: it broke\n  why\n  hint: Mend it.',
	},
	{
		when: 'it stands for several findings',
		error: new LabcError('MODEL_INVALID', 'one', {
			diagnostics: [
				{ severity: 'error', code: 'MODEL_INVALID', message: 'one', at: at('/lab/compose.yml', 1), hint: 'Do.' },
				{ severity: 'error', code: 'MODEL_INVALID', message: 'two' },
			],
		}),
		text: 'compose.yml:1:3: one\n  hint: Do.\ntwo',
	},
	{ when: 'it is a bug', error: new TypeError('no such thing'), text: 'no such thing' },
	{ when: 'it is no error at all', error: 'text', text: 'text' },
];

describe('a failure is described', () => {
	for (const { when, error, text } of cases) {
		test(`where ${when}`, () => assert.equal(describeFailure(error, '/lab'), text));
	}
});

describe('a failure for programs', () => {
	const wanted = [
		{ error: 'it broke\nwhy', place: 'api/Dockerfile:2:3', hint: 'Mend it.' },
		{ error: 'one', place: 'compose.yml:1:3', hint: 'Do.' },
		{ error: 'no such thing', place: undefined, hint: undefined },
		{ error: 'text', place: undefined, hint: undefined },
	];
	for (const [nth, { when, error }] of cases.entries()) {
		test(`has its first finding in parts where ${when}`, () => assert.deepEqual(failureOf(error, '/lab'), wanted[nth]));
	}
});
