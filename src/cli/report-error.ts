import { exitStatusByErrorCode } from '../errors/codes.ts';
import { LabcError } from '../errors/labc-error.ts';
import { maskValues } from '../errors/mask.ts';
import { reasonOf } from '../errors/reason-of.ts';
import type { SourceLocation } from '../errors/source-location.ts';
import { type Colours, createColours } from '../render/colours.ts';
import { escapeControl } from '../render/escape-control.ts';
import { wrapText } from '../render/wrap-text.ts';
import type { NextSteps } from './command.ts';
import { placeFrom } from './relative-places.ts';
import { excerptOf } from './source-excerpt.ts';

export interface ReportOptions {
	readonly json: boolean;
	readonly colour: boolean;
	/** Of the terminal; undefined where lines may be as long as they are. */
	readonly columns: number | undefined;
	/** Places are named from here. */
	readonly cwd: string;
	/** Show where in labc it happened. */
	readonly debug: boolean;
	/** Values that are not told, though an engine or a builder quotes them. */
	readonly secrets?: ReadonlySet<string>;
	/** Hints are told as this gives them. */
	readonly addressed?: NextSteps['addressed'] | undefined;
}

/** One thing to tell: what, where, why, what next. */
interface Finding {
	readonly code: string;
	readonly message: string;
	readonly at?: SourceLocation | undefined;
	readonly path?: string | undefined;
	readonly why?: string | undefined;
	readonly hint?: string | undefined;
	readonly stack?: string | undefined;
}

/** The text that ends a failed command. No stack reaches a user who did not ask for one. */
export function formatReport(error: unknown, options: ReportOptions): string {
	const { secrets = new Set<string>(), addressed = (hint) => hint } = options;
	const findings = findingsOf(error, options.debug)
		.map((finding) => ({ ...finding, hint: finding.hint && addressed(finding.hint) }))
		.map((finding) => seenFrom(options.cwd, masked(finding, secrets)));
	if (options.json) return findings.map((finding) => `${JSON.stringify(toJson(finding))}\n`).join('');
	const colours = createColours(options.colour);
	return findings.map((finding) => formatFinding(finding, colours, options.columns)).join('\n');
}

/** Long lines of a file are cut around the place even where nobody says how wide it may be. */
const wideEnough = 120;

/** Ctrl-C ends with 130 whatever it broke off. */
export function exitStatusOf(error: unknown, isInterrupted: boolean): number {
	if (error instanceof LabcError) return exitStatusByErrorCode[error.code];
	return isInterrupted && isAbort(error) ? exitStatusByErrorCode.INTERRUPTED : 1;
}

function masked(finding: Finding, secrets: ReadonlySet<string>): Finding {
	if (secrets.size === 0) return finding;
	const hide = (text: string | undefined) => (text === undefined ? undefined : maskValues(text, secrets));
	const { message, why, hint, stack, at } = finding;
	/** As wide as before, so that the caret stays at its place. */
	const covered = (text: string) =>
		[...secrets].reduce((line, value) => line.replaceAll(value, '•'.repeat(value.length)), text);
	const place = at === undefined ? undefined : { ...at, lineText: covered(at.lineText) };
	return {
		...finding,
		at: place,
		message: maskValues(message, secrets),
		why: hide(why),
		hint: hide(hint),
		stack: hide(stack),
	};
}

const seenFrom = (cwd: string, finding: Finding): Finding =>
	finding.at === undefined ? finding : { ...finding, at: placeFrom(cwd, finding.at) };

const isAbort = (error: unknown): error is Error => error instanceof Error && error.name === 'AbortError';

function findingsOf(error: unknown, debug: boolean): readonly Finding[] {
	const stack = debug && error instanceof Error ? error.stack : undefined;
	if (error instanceof LabcError) {
		if (error.diagnostics.length > 0) return error.diagnostics.map((diagnostic) => ({ ...diagnostic, stack }));
		const { code, message, at, hint } = error;
		return [{ code, message, at, hint, why: reasonOf(error), stack }];
	}
	if (isAbort(error)) return [{ code: 'INTERRUPTED', message: 'interrupted', stack }];
	return [bug(error, stack)];
}

const bug = (error: unknown, stack: string | undefined): Finding => ({
	code: 'BUG',
	message: `this is a bug in labc, nothing you did: ${error instanceof Error ? error.message : String(error)}`,
	hint: 'Report it with the command you gave; run it again with LABC_DEBUG=1 to see where it happened.',
	stack,
});

function formatFinding(finding: Finding, colours: Colours, columns: number | undefined): string {
	const { message, at, path, why, hint, stack } = finding;
	const lines = [`${colours.red(colours.bold('error:'))} ${block(message, 7, columns)}`];
	if (at !== undefined) lines.push(...formatPlace(at, path, { colours, columns: columns ?? wideEnough }));
	else if (path !== undefined) lines.push(`  at ${escapeControl(path)}`);
	if (why !== undefined) lines.push(`  ${colours.dim('why:')} ${block(why, 7, columns)}`);
	if (hint !== undefined) lines.push(`  ${colours.cyan('hint:')} ${block(hint, 8, columns)}`);
	if (stack !== undefined) lines.push(colours.dim(escapeControl(stack)));
	return `${lines.join('\n')}\n`;
}

function formatPlace(
	at: SourceLocation,
	path: string | undefined,
	{ colours, columns }: { readonly colours: Colours; readonly columns: number },
): readonly string[] {
	const { gutter, line, indent } = excerptOf(at, columns);
	const place = `${escapeControl(at.file)}:${at.line}:${at.column}`;
	const lines = [`  at ${colours.bold(place)}${path === undefined ? '' : ` (${escapeControl(path)})`}`];
	if (line.trim() === '') return lines;
	const bar = colours.dim('|');
	return [
		...lines,
		`${colours.dim(gutter)}${bar} ${line}`,
		`${' '.repeat(gutter.length)}${bar} ${indent}${colours.red('^')}`,
	];
}

/** Lines after the first stand below the message, so that none looks like a message of its own. */
const block = (text: string, indent: number, columns: number | undefined): string =>
	escapeControl(text.trimEnd())
		.split('\n')
		.map((line) => (columns === undefined ? line : wrapText(line, columns, indent)))
		.join('\n    ');

const toJson = ({ code, message, at, path, why, hint, stack }: Finding) => ({
	error: true,
	message,
	code,
	file: at?.file,
	line: at?.line,
	column: at?.column,
	path,
	why,
	hint,
	stack,
});
