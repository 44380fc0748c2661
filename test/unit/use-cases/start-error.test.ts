import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exitStatusByErrorCode } from '../../../src/errors/codes.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { startError } from '../../../src/use-cases/start-error.ts';

const runc =
	'cannot start container `x`: failed to create task for container: runc create failed: unable to start container process: ';

const cases: readonly { when: string; text: string; message: string }[] = [
	{
		when: 'the command is not in PATH',
		text: `${runc}exec: "nosuch": executable file not found in $PATH`,
		message: 'the container has no command `nosuch`',
	},
	{
		when: 'the path does not exist',
		text: `${runc}exec: "/bin/nosuch": stat /bin/nosuch: no such file or directory`,
		message: 'the container has no command `/bin/nosuch`',
	},
	{
		when: 'the file is not executable',
		text: `${runc}exec: "/etc/passwd": permission denied`,
		message: "`/etc/passwd` can't be run in the container: permission denied",
	},
	{
		when: 'it is a folder',
		text: `${runc}exec: "/etc": is a directory`,
		message: "`/etc` can't be run in the container: is a directory",
	},
	{
		when: 'the engine refuses for another reason',
		text: 'no space left on device',
		message: 'no space left on device',
	},
];

describe('startError', () => {
	for (const { when, text, message } of cases) {
		test(`when ${when}`, () => {
			const error = startError(new LabcError('ENGINE_REFUSED', text));
			assert.ok(error instanceof LabcError);
			assert.equal(error.message, message);
			assert.equal(exitStatusByErrorCode[error.code], 1);
		});
	}

	test('leaves other errors as they are', () => {
		const bug = new Error('exec: "x": permission denied');
		assert.equal(startError(bug), bug);
	});
});
