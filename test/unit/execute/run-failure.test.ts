import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { errorOfRun, isInterruption } from '../../../src/execute/run-failure.ts';
import type { WalkResult } from '../../../src/execute/walk-steps.ts';
import { step } from './steps.ts';

const result = (over: Partial<WalkResult> = {}): WalkResult => ({
	done: [],
	failed: [],
	skipped: [],
	unfinished: [],
	...over,
});
const failing = (...errors: readonly unknown[]) =>
	result({ failed: errors.map((error, index) => ({ step: step(index + 1), error })) });
const taken = new LabcError('PORT_IN_USE', 'port 80 is taken', { hint: 'Use another.' });
const missing = new LabcError('IMAGE_UNAVAILABLE', 'no such image');

describe('errorOfRun', () => {
	test('a run that did everything has none', () => assert.equal(errorOfRun(result({ done: [step(1)] })), undefined));

	test('a single cause is the error itself, its hint and code kept', () =>
		assert.equal(errorOfRun(failing(taken)), taken));

	test('two steps that failed alike have one cause', () => {
		assert.equal(errorOfRun(failing(taken, new LabcError('PORT_IN_USE', 'port 80 is taken'))), taken);
	});

	test('several causes are told together', () => {
		const error = errorOfRun(failing(taken, missing));
		assert.ok(error instanceof LabcError);
		assert.equal(error.code, 'APPLY_FAILED');
		assert.equal(error.message, '2 steps failed');
		assert.deepEqual(error.diagnostics, [
			{ severity: 'error', code: 'PORT_IN_USE', message: 'port 80 is taken', hint: 'Use another.' },
			{ severity: 'error', code: 'IMAGE_UNAVAILABLE', message: 'no such image', hint: undefined },
		]);
	});

	test('a bug among the causes is not hidden behind what users can act on', () => {
		const bug = new TypeError('x is not a function');
		assert.equal(errorOfRun(failing(taken, bug)), bug);
	});

	test('something thrown that is no error becomes one', () =>
		assert.equal(errorOfRun(failing('text'))?.message, 'text'));

	test('an unfinished run was interrupted', () => {
		const error = errorOfRun(result({ unfinished: [step(1)] }));
		assert.ok(error instanceof LabcError && error.code === 'INTERRUPTED');
	});

	test('a failure weighs more than an interruption', () => {
		assert.equal(errorOfRun({ ...failing(taken), unfinished: [step(9)] }), taken);
	});
});

describe('isInterruption', () => {
	const cases: readonly { when: string; error: unknown; is: boolean }[] = [
		{ when: 'a wait was given up', error: new LabcError('INTERRUPTED', 'interrupted while waiting'), is: true },
		{ when: 'a request was aborted', error: new DOMException('This operation was aborted', 'AbortError'), is: true },
		{ when: 'the engine refused', error: taken, is: false },
		{ when: 'something broke', error: new Error('broke'), is: false },
		{ when: 'it is no error', error: 'AbortError', is: false },
	];
	for (const { when, error, is } of cases) {
		test(`${is ? 'yes' : 'no'}, when ${when}`, () => assert.equal(isInterruption(error), is));
	}
});
