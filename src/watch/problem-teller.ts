import { LabcError } from '../errors/labc-error.ts';
import type { Refused } from './refusals.ts';

export interface SyncProblem {
	readonly message: string;
	readonly hint?: string;
	/** All is done that was to be done, in another way. */
	readonly isHarmless?: boolean;
}

/** Tells what could not be done, each thing once. */
export interface ProblemTeller {
	problem(key: string, problem: SyncProblem): void;
	refused(container: { readonly name: string }, refused: Refused): void;
	takesNothing(container: { readonly id: string; readonly name: string }, reason: string): void;
	noRm(name: string): void;
	cannotCompare(name: string, program: string): void;
	unknown(name: string, error: unknown): void;
	/** The container has taken something, or refused it: what broke off before has passed. */
	works(name: string): void;
}

export function newProblemTeller(onProblem: (problem: SyncProblem) => void): ProblemTeller {
	const told = new Set<string>();
	const problem = (key: string, each: SyncProblem): void => {
		if (told.has(key)) return;
		told.add(key);
		onProblem(each);
	};
	/** In a row, by container. */
	const failures = new Map<string, number>();
	const lasts = (name: string, { code }: LabcError): boolean => {
		if (code === 'ENGINE_UNREACHABLE') return false;
		const count = (failures.get(name) ?? 0) + 1;
		failures.set(name, count);
		return count >= lastingFailures;
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
				isHarmless: true,
			}),
		// A container that has gone or does not run is told of by its events, and an engine that is away by whoever listens to it.
		unknown(name, error) {
			if (error instanceof LabcError && !lasts(name, error)) return;
			const message = error instanceof Error ? error.message : String(error);
			problem(`${name} ${message}`, { message: `\`${name}\`: ${message}`, hint: goingOn });
		},
		works: (name) => void failures.delete(name),
	};
}

/** After half a second, one, two and four: what fails so often does not pass by itself. */
const lastingFailures = 5;

const goingOn = 'Mend what it says: labc goes on trying.';

/** Only to give a better hint: what the engine says where a folder stays, as a rule's own target or with the container's own in it. */
const overFolder = /cannot overwrite directory .* with non-directory/;
