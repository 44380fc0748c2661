import type { ErrorCode } from './codes.ts';
import type { Diagnostic, WarningCode } from './diagnostic.ts';
import { errorFromDiagnostics } from './labc-error.ts';
import { isCredential, maskLine, maskValues, shortestSecret } from './mask.ts';
import { locate, type Position, type SourceLocation } from './source-location.ts';

/** Where a finding stands and what to do about it. */
export interface FindingPlace {
	readonly at?: Position | undefined;
	readonly path?: readonly (string | number)[] | undefined;
	readonly hint?: string | undefined;
}

/** More errors than this help nobody; a hostile file must not make us write a book. */
const errorLimit = 100;

/** Collects what a load finds, so that a person sees every problem at once. */
export class Findings {
	readonly #errors: Diagnostic[] = [];
	/** By the text as it was given. */
	readonly #warnings = new Map<string, Diagnostic>();
	readonly #seen = new Set<string>();
	/** Values that no message may tell. */
	readonly #hidden = new Set<string>();
	/** How many errors earlier steps found. */
	#earlier = 0;

	/** From now on messages show a mask in the place of the value of a credential. */
	hideCredentials(variables: Iterable<readonly [name: string, value: string]>): void {
		for (const [name, value] of variables) {
			if (isCredential(name) && value.length >= shortestSecret) this.#hidden.add(value);
		}
	}

	#toldText(text: string): string {
		return abridged(maskValues(text, this.#hidden));
	}

	error(code: ErrorCode, message: string, place: FindingPlace = {}): void {
		if (this.isFull || this.#isEcho(place)) return;
		this.#addError({ severity: 'error', code, message: this.#toldText(message), ...described(place) });
	}

	/** What a later step says of a place that has failed already, or of what is inside, is only an echo. */
	#isEcho({ path }: FindingPlace): boolean {
		if (path === undefined || this.#earlier === 0) return false;
		const place = path.join('.');
		return this.#errors.slice(0, this.#earlier).some((earlier) => isWithin(place, earlier.path));
	}

	/** Ends a step of the load: the next ones go on with what is sound. */
	endStep(): void {
		this.#earlier = this.#errors.length;
	}

	/** Whether something at `path`, or inside, is known to be wrong. */
	hasErrorAt(path: readonly (string | number)[]): boolean {
		const place = path.join('.');
		return this.#errors.some((error) => error.path !== undefined && isWithin(error.path, place));
	}

	#addError(diagnostic: Diagnostic): void {
		const key = `${diagnostic.path} ${diagnostic.message}`;
		if (this.isFull || this.#seen.has(key)) return;
		this.#seen.add(key);
		this.#errors.push(diagnostic);
	}

	/** The same warning text is kept once, at its first place. */
	warning(code: WarningCode, text: string, place: FindingPlace = {}): void {
		if (this.#warnings.has(text)) return;
		this.#warnings.set(text, { severity: 'warning', code, message: this.#toldText(text), ...described(place) });
	}

	/** Takes over what was found apart from this. */
	addAll(others: Findings): void {
		for (const error of others.errors) this.#addError(error);
		for (const [text, warning] of others.#warnings) {
			if (!this.#warnings.has(text)) this.#warnings.set(text, warning);
		}
	}

	get hasErrors(): boolean {
		return this.#errors.length > 0;
	}

	/** Further errors are not kept: there is no use in looking for them. */
	get isFull(): boolean {
		return this.#errors.length >= errorLimit;
	}

	get isEmpty(): boolean {
		return this.#errors.length + this.#warnings.size === 0;
	}

	get errors(): readonly Diagnostic[] {
		return this.#errors;
	}

	get warnings(): readonly Diagnostic[] {
		return [...this.#warnings.values()];
	}

	/** Ends the load where errors were found; they are told in the order of the text. */
	throwIfAny(): void {
		if (this.hasErrors) throw errorFromDiagnostics([...this.warnings, ...this.#errors.toSorted(byPlace)]);
	}
}

const isWithin = (inner: string, outer: string | undefined): boolean =>
	outer !== undefined && (inner === outer || inner.startsWith(`${outer}.`));

/** A value of a megabyte that a message quotes is shown by its ends: the reason often stands behind it. */
function abridged(message: string): string {
	if (message.length <= messageLimit) return message;
	return `${message.slice(0, messageLimit - 100).toWellFormed()}…${message.slice(-100).toWellFormed()}`;
}

const messageLimit = 500;

/** Findings of different files, and those without a place, keep the order they were made in. */
function byPlace({ at: a }: Diagnostic, { at: b }: Diagnostic): number {
	if (a === undefined || b === undefined || a.file !== b.file) return 0;
	return a.line - b.line || a.column - b.column;
}

function described({ at, path, hint }: FindingPlace): Pick<Diagnostic, 'at' | 'path' | 'hint'> {
	return {
		...(at === undefined ? {} : { at: withoutCredentials(locate(at)) }),
		...(path === undefined ? {} : { path: path.join('.') }),
		...(hint === undefined ? {} : { hint }),
	};
}

const withoutCredentials = (at: SourceLocation): SourceLocation => ({ ...at, lineText: maskLine(at.lineText) });
