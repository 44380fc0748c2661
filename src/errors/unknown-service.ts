import { didYouMean } from './did-you-mean.ts';
import { LabcError } from './labc-error.ts';

/** `SERVICE_UNKNOWN`, with the name that was probably meant or those there are: one wording for every command. */
export function unknownService(name: string, known: Iterable<string>): LabcError {
	const names = [...known];
	return new LabcError('SERVICE_UNKNOWN', `there is no service \`${name}\` in this project`, {
		hint: hintFor(didYouMean(name, names), names),
	});
}

/** The same where only its containers tell of a project: whether a file names the service, nobody knows. */
export const serviceWithoutContainer = (service: string, project: string): LabcError =>
	new LabcError('SERVICE_UNKNOWN', `project \`${project}\` has no container of a service \`${service}\``, {
		hint: `Check its name with \`labc compose ps -a\`, or make it with \`labc compose up -d ${service}\` where the project's file is.`,
	});

function hintFor(guess: string | undefined, names: readonly string[]): string {
	if (guess !== undefined) return `Did you mean \`${guess}\`?`;
	return names.length === 0 ? 'Give the project a service under `services`.' : `Name one of ${names.join(', ')}.`;
}
