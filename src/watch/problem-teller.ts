import { LabcError } from '../errors/labc-error.ts';
import type { Refused } from './refusals.ts';

export interface SyncProblem {
	readonly message: string;
	readonly hint?: string;
}

/** Tells what could not be done, each thing once. */
export interface ProblemTeller {
	problem(key: string, problem: SyncProblem): void;
	refused(container: { readonly name: string }, refused: Refused): void;
	takesNothing(container: { readonly id: string; readonly name: string }, reason: string): void;
	noRm(name: string): void;
	cannotCompare(name: string, program: string): void;
	unknown(name: string, error: unknown): void;
}

export function newProblemTeller(onProblem: (problem: SyncProblem) => void): ProblemTeller {
	const told = new Set<string>();
	const problem = (key: string, each: SyncProblem): void => {
		if (told.has(key)) return;
		told.add(key);
		onProblem(each);
	};
	return {
		problem,
		refused({ name }, { targets, reason }) {
			const [first = '', ...others] = targets;
			const what = `\`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`}`;
			const hint = overFolder.test(reason)
				? 'End the `target` with `/` to copy the file into that folder, or move away what the container has there of its own.'
				: goingOn;
			onProblem({ message: `${what} can't be brought into \`${name}\`: ${reason}`, hint });
		},
		takesNothing: ({ id, name }, reason) =>
			problem(`${id} ${reason}`, { message: `nothing can be brought into \`${name}\`: ${reason}`, hint: goingOn }),
		noRm: (name) =>
			problem('no rm', {
				message: `\`${name}\` has no \`rm\`: what is deleted here stays there`,
				hint: 'Base the image on one with `sh` and `rm`, or use `action: rebuild`.',
			}),
		cannotCompare: (name, program) =>
			problem(`no ${program}`, {
				message: `\`${name}\` has no \`${program}\`: what can't be compared is copied again when it starts`,
				hint: `Base the image on one with \`${program}\` where that is too much.`,
			}),
		// A container that has gone or does not run is told of by its events; an engine that is away comes back.
		unknown(name, error) {
			if (error instanceof LabcError) return;
			const message = error instanceof Error ? error.message : String(error);
			problem(message, { message: `\`${name}\`: ${message}` });
		},
	};
}

const goingOn = 'Mend what it says: labc goes on trying.';

/** Only to give a better hint: what the engine says where a folder stays, as a rule's own target or with the container's own in it. */
const overFolder = /cannot overwrite directory .* with non-directory/;
