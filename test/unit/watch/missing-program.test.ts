import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMissingProgram } from '../../../src/watch/missing-program.ts';

const cases = [
	{
		message: 'exec failed: unable to start container process: exec: "sh": executable file not found in $PATH',
		is: true,
	},
	{ message: 'executable file `sh` not found in $PATH: No such file or directory', is: true },
	{ message: 'chdir to cwd ("/app") set in config.json failed: no such file or directory', is: false },
	{ message: 'no such container: c1', is: false },
];

describe('whether an image lacks a program', () => {
	for (const { message, is } of cases) {
		test(`${is ? 'it does' : 'it is something else'}: ${message}`, () =>
			assert.equal(isMissingProgram(new Error(message)), is));
	}
});
