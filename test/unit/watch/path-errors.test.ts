import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isForbidden, isGone } from '../../../src/watch/path-errors.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

const cases = [
	{ error: failure('ENOENT'), means: 'gone' },
	{ error: failure('ENOTDIR'), means: 'gone' },
	{ error: failure('ELOOP'), means: 'gone' },
	{ error: failure('ENAMETOOLONG'), means: 'gone' },
	{ error: failure('EACCES'), means: 'forbidden' },
	{ error: failure('EPERM'), means: 'forbidden' },
	{ error: failure('EIO'), means: 'nothing' },
	{ error: failure('EMFILE'), means: 'nothing' },
	{ error: failure('ESTALE'), means: 'nothing' },
	{ error: new Error('without a code'), means: 'nothing' },
	{ error: undefined, means: 'nothing' },
];

describe('what an error of the disk means: what may be there is never taken for gone', () => {
	for (const { error, means } of cases) {
		test(`${error?.message} means ${means}`, () => {
			assert.deepEqual([isGone(error), isForbidden(error)], [means === 'gone', means === 'forbidden']);
		});
	}
});
