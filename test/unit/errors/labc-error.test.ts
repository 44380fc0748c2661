import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exitStatusByErrorCode } from '../../../src/errors/codes.ts';
import type { Diagnostic } from '../../../src/errors/diagnostic.ts';
import { errorFromDiagnostics, LabcError } from '../../../src/errors/labc-error.ts';

const warning: Diagnostic = { severity: 'warning', code: 'VARIABLE_UNSET', message: 'variable `A` is not set' };
const error: Diagnostic = {
	severity: 'error',
	code: 'SCHEMA_VIOLATION',
	message: '`services.a.ports` must be a list',
	at: { file: 'compose.yml', line: 3, column: 5, lineText: '    ports: 80' },
	hint: 'Write the ports as a list.',
};

describe('errorFromDiagnostics', () => {
	test('the first error gives code, message, place and hint', () => {
		const made = errorFromDiagnostics([warning, error, { ...error, message: 'another' }]);
		assert.equal(made.code, 'SCHEMA_VIOLATION');
		assert.equal(made.message, error.message);
		assert.deepEqual(made.at, error.at);
		assert.equal(made.hint, error.hint);
	});

	test('all errors are kept and warnings are not', () => {
		const other = { ...error, message: 'another' };
		assert.deepEqual(errorFromDiagnostics([warning, error, other]).diagnostics, [error, other]);
		assert.deepEqual(errorFromDiagnostics([warning, error, other]).warnings, [warning]);
	});

	test('findings without an error are a mistake of the caller', () => {
		assert.throws(() => errorFromDiagnostics([warning]), /at least one error/);
	});
});

describe('LabcError', () => {
	test('keeps what caused it', () => {
		const cause = new Error('ECONNREFUSED');
		assert.equal(new LabcError('ENGINE_UNREACHABLE', 'no engine answers', { cause }).cause, cause);
	});

	test('every exit status is a failure, and only Ctrl-C has that of a signal', () => {
		const statuses = new Set<number>(Object.values(exitStatusByErrorCode));
		assert.deepEqual(
			[...statuses].filter((status) => status < 1 || status > 127),
			[130],
		);
	});
});
