import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { SourceLocation } from '../../../src/errors/source-location.ts';
import { errorOfRun, isInterruption } from '../../../src/execute/run-failure.ts';
import type { WalkResult } from '../../../src/execute/walk-steps.ts';
import { step } from './steps.ts';

const result = (over: Partial<WalkResult> = {}): WalkResult => ({
	done: [],
	failed: [],
	returned: [],
	skipped: [],
	unfinished: [],
	interrupted: false,
	...over,
});
const failing = (...errors: readonly unknown[]) =>
	result({ failed: errors.map((error, index) => ({ step: step(index + 1), error })) });
const taken = new LabcError('PORT_IN_USE', 'port 80 is taken', { hint: 'Use another.' });
const missing = new LabcError('IMAGE_UNAVAILABLE', 'no such image');

const untold = { severity: 'error', at: undefined, why: undefined, hint: undefined };
const place: SourceLocation = { file: 'compose.yml', line: 8, column: 9, lineText: '      - "80:80"' };

describe('errorOfRun', () => {
	test('an error is placed where the attribute stands that it is about, and keeps what the engine said', () => {
		const said = new LabcError('PORT_IN_USE', 'port `80` is taken', { cause: 'Bind failed', hint: 'Use another.' });
		const asked: unknown[] = [];
		const error = errorOfRun(failing(said), {
			locate(path) {
				asked.push(path);
				return place;
			},
		});
		assert.ok(error instanceof LabcError);
		const { code, message, at, cause, hint } = error;
		const kept = { code: 'PORT_IN_USE', message: 'port `80` is taken', cause: 'Bind failed', hint: 'Use another.' };
		assert.deepEqual({ code, message, at, cause, hint }, { ...kept, at: place });
		assert.equal(asked.length, 1);
	});

	test('several errors each have their place and what the engine said', () => {
		const said = new LabcError('PORT_IN_USE', 'port `80` is taken', { cause: 'Bind failed' });
		const error = errorOfRun(failing(said, missing), { locate: () => place });
		assert.ok(error instanceof LabcError);
		assert.deepEqual(
			error.diagnostics.map(({ at, why }) => ({ at, why })),
			[
				{ at: place, why: 'Bind failed' },
				{ at: place, why: undefined },
			],
		);
	});

	test('an error that has a place keeps it, and a program that can’t be run gets a hint', () => {
		const at = { ...place, file: 'Dockerfile' };
		assert.deepEqual(
			[new LabcError('BUILD_FAILED', 'no', { at }), new LabcError('ENGINE_REFUSED', 'exec: "/nope": no such file')].map(
				(error) => {
					const placed = errorOfRun(failing(error), { locate: () => place });
					return placed instanceof LabcError ? [placed.at?.file, placed.hint?.slice(0, 15)] : [];
				},
			),
			[
				['Dockerfile', undefined],
				['compose.yml', 'Check `command`'],
			],
		);
	});

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
			{ ...untold, code: 'PORT_IN_USE', message: 'port 80 is taken', hint: 'Use another.' },
			{ ...untold, code: 'IMAGE_UNAVAILABLE', message: 'no such image' },
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
