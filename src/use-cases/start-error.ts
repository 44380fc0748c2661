import { LabcError } from '../errors/labc-error.ts';

/** Says of a start that failed whether the command was not found or may not be run. */
export function startError(error: unknown): unknown {
	if (!(error instanceof LabcError) || error.code !== 'ENGINE_REFUSED') return error;
	const [, command = '', reason = ''] = /exec: "([^"]*)": ([^"]+)/.exec(error.message) ?? [];
	if (/executable file not found|no such file or directory/.test(reason)) {
		return new LabcError('COMMAND_NOT_FOUND', `the container has no command \`${command}\``, {
			hint: 'Check the spelling, or give the full path of a program in its image.',
			cause: error,
		});
	}
	if (/permission denied|is a directory|exec format error/.test(reason)) {
		return new LabcError('COMMAND_NOT_EXECUTABLE', `\`${command}\` can't be run in the container: ${reason.trim()}`, {
			hint: 'Name a program that is executable for the user of the container.',
			cause: error,
		});
	}
	return error;
}
