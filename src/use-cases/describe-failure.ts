import path from 'node:path';
import type { Diagnostic } from '../errors/diagnostic.ts';
import { LabcError } from '../errors/labc-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import type { WatchFailure } from '../events/event.ts';

/** The first of what went wrong, for programs: its text, place and next step apart. */
export function failureOf(error: unknown, folder: string): Pick<WatchFailure, 'error' | 'place' | 'hint'> {
	const [first] = findingsOf(error);
	if (first === undefined) return {};
	const { message, at, why, hint } = first;
	return { error: why === undefined ? message : `${message}\n${why}`, place: placeOf(at, folder), hint };
}

const placeOf = (at: Finding['at'], folder: string): string | undefined =>
	at === undefined ? undefined : `${path.relative(folder, at.file) || at.file}:${at.line}:${at.column}`;

type Finding = Pick<Diagnostic, 'message' | 'at' | 'why' | 'hint'>;

/** What went wrong, for a warning: each finding with its place as seen from `folder`, and below it what to do. */
export const describeFailure = (error: unknown, folder: string): string =>
	findingsOf(error)
		.flatMap(({ message, at, why, hint }) => [
			[placeOf(at, folder), message].filter((part) => part !== undefined).join(': '),
			...(why === undefined ? [] : [`  ${why}`]),
			...(hint === undefined ? [] : [`  hint: ${hint}`]),
		])
		.join('\n');

function findingsOf(error: unknown): readonly Finding[] {
	if (!(error instanceof LabcError)) return [{ message: error instanceof Error ? error.message : String(error) }];
	if (error.diagnostics.length > 0) return error.diagnostics;
	return [{ message: error.message, at: error.at, why: reasonOf(error), hint: error.hint }];
}
