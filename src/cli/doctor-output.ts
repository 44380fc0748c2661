import type { Finding } from '../doctor/finding.ts';
import { type Colours, createColours } from '../render/colours.ts';
import { padToWidth } from '../render/display-width.ts';
import { escapeLine } from '../render/escape-control.ts';
import { wrapText } from '../render/wrap-text.ts';

export interface DoctorView {
	readonly colour: boolean;
	/** The room there is; undefined where lines may be of any length. */
	readonly columns: number | undefined;
}

const statusWidth = 'fail'.length;
const gap = 2;

/** A line a check; below it what a problem does to people and what to do about it. */
export function formatFindings(findings: readonly Finding[], { colour, columns }: DoctorView): string {
	const colours = createColours(colour);
	const nameWidth = Math.max(...findings.map(({ check }) => check.length));
	const start = statusWidth + gap + nameWidth + gap;
	const room = Math.max(columns ?? Number.POSITIVE_INFINITY, start + narrowest);
	const wrapped = (text: string, indent: number): string => wrapText(escapeLine(text), room, indent);
	const below = ' '.repeat(start);
	const lines = findings.map(({ check, status, summary, meaning, fix }) => {
		const word = colours[tone[status]](status.padEnd(statusWidth));
		const head = `${word}  ${padToWidth(check, nameWidth)}  ${wrapped(summary, start)}\n`;
		const why = meaning === undefined ? '' : `${below}${wrapped(meaning, start)}\n`;
		const arrow = fix === undefined ? '' : `${below}→ ${wrapped(fix, start + gap)}\n`;
		return `${head}${why}${arrow}`;
	});
	return `${lines.join('')}\n${formatTally(findings, colours)}\n`;
}

const narrowest = 30;

const tone = { ok: 'green', warn: 'yellow', fail: 'red', skip: 'dim' } as const satisfies Record<
	Finding['status'],
	keyof Colours
>;

const words = { fail: 'failed', warn: 'to look at', ok: 'well', skip: 'not looked at' } as const;

/** `1 failed, 2 to look at, 6 well` */
function formatTally(findings: readonly Finding[], colours: Colours): string {
	const counts = (['fail', 'warn', 'ok', 'skip'] as const).map((status) => {
		const count = findings.filter((finding) => finding.status === status).length;
		return count === 0 ? [] : [colours[tone[status]](`${count} ${words[status]}`)];
	});
	return counts.flat().join(', ');
}

/** One object a line. */
export const findingsAsJson = (findings: readonly Finding[]): string =>
	findings
		.map(({ check, status, summary, meaning, fix }) =>
			JSON.stringify({ Check: check, Status: status, Summary: summary, Meaning: meaning ?? null, Fix: fix ?? null }),
		)
		.map((line) => `${line}\n`)
		.join('');
