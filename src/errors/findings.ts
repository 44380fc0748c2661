import type { ErrorCode } from './codes.ts';
import type { Diagnostic, WarningCode } from './diagnostic.ts';
import { errorFromDiagnostics, LabcError } from './labc-error.ts';
import { coverValues, isCredential, maskLine, maskValues, shortestSecret } from './mask.ts';
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
	/** Told each file before it is read, also one that is not there: what is wrong may be mended in any of them. */
	readonly lookFor: (file: string) => void;

	constructor(lookFor: (file: string) => void = () => undefined) {
		this.lookFor = lookFor;
	}

	/** Whatever is told, also of what was found before, shows a mask in the place of the value of a credential. */
	hideCredentials(variables: Iterable<readonly [name: string, value: string]>): void {
		this.hide([...variables].flatMap(([name, value]) => (isCredential(name) ? [value] : [])));
	}

	/** The same for values that are known to be secret. */
	hide(values: Iterable<string>): void {
		for (const value of values) {
			for (const form of [value, value.trim()]) if (form.length >= shortestSecret) this.#hidden.add(form);
		}
	}

	#told(diagnostic: Diagnostic): Diagnostic {
		const { message, path, hint, at } = diagnostic;
		const masked = (text: string): string => maskValues(text, this.#hidden);
		return {
			...diagnostic,
			message: abridged(masked(message)),
			...(path === undefined ? {} : { path: masked(path) }),
			...(hint === undefined ? {} : { hint: masked(hint) }),
			...(at === undefined ? {} : { at: { ...at, lineText: coverValues(at.lineText, this.#hidden) } }),
		};
	}

	/** What ends a load at once hides the same values as what is collected. */
	toldError(error: unknown): unknown {
		if (!(error instanceof LabcError) || this.#hidden.size === 0) return error;
		const { code, message, hint, at, cause, diagnostics, warnings } = error;
		const told = this.#told({ severity: 'error', code, message, hint, at });
		const all = [diagnostics, warnings].map((list) => list.map((one) => this.#told(one)));
		return new LabcError(code, told.message, { ...told, cause, diagnostics: all[0] ?? [], warnings: all[1] ?? [] });
	}

	error(code: ErrorCode, message: string, place: FindingPlace = {}): void {
		if (this.isFull || this.#isEcho(place)) return;
		this.#addError({ severity: 'error', code, message, ...described(place) });
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
		this.#warnings.set(text, { severity: 'warning', code, message: text, ...described(place) });
	}

	/** Takes over what was found apart from this. */
	addAll(others: Findings): void {
		this.hide(others.#hidden);
		for (const error of others.#errors) this.#addError(error);
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
		return this.#errors.map((error) => this.#told(error));
	}

	/** Not for telling: nothing in them is hidden. */
	get failedPaths(): ReadonlySet<string | undefined> {
		return new Set(this.#errors.map(({ path }) => path));
	}

	get warnings(): readonly Diagnostic[] {
		return [...this.#warnings.values()].map((warning) => this.#told(warning));
	}

	/** Ends the load where errors were found; they are told in the order of the text. */
	throwIfAny(): void {
		if (this.hasErrors) throw errorFromDiagnostics([...this.warnings, ...this.errors.toSorted(byPlace)]);
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
