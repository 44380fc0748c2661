import { LabcError } from '../errors/labc-error.ts';

/** The services of a command that takes one or none. */
export function atMostOneService(words: readonly string[]): readonly string[] {
	if (words.length <= 1) return words;
	throw new LabcError('USAGE_INVALID', `one service at most can be named, not ${words.length}`, {
		hint: `Leave \`${words.slice(1).join(' ')}\` out.`,
	});
}
