import { didYouMean } from './did-you-mean.ts';
import { LabcError } from './labc-error.ts';

/** `SERVICE_UNKNOWN`, with the name that was probably meant or those there are: one wording for every command. */
export function unknownService(name: string, known: Iterable<string>): LabcError {
	const names = [...known];
	return new LabcError('SERVICE_UNKNOWN', `there is no service \`${name}\` in this project`, {
		hint: hintFor(didYouMean(name, names), names),
	});
}

function hintFor(guess: string | undefined, names: readonly string[]): string {
	if (guess !== undefined) return `Did you mean \`${guess}\`?`;
	return names.length === 0 ? 'Give the project a service under `services`.' : `Name one of ${names.join(', ')}.`;
}
