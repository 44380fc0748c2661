import type { Board, BoardRow } from './board.ts';
import type { Colours } from './colours.ts';
import { cutToWidth, displayWidth, padToWidth } from './display-width.ts';
import { escapeLine } from './escape-control.ts';

export interface Frame {
	readonly now: number;
	readonly columns: number;
	readonly colours: Colours;
	/** Whether more may come. */
	readonly isOver: boolean;
}

/** `[+] Running 2/5`: how many of the resources on the board are as wanted. */
export function formatHeader(board: Board, { colours, isOver, now }: Frame): string {
	const rows = [...board.values()];
	const count = (state: BoardRow['state']): number => rows.filter((row) => row.state === state).length;
	const progress = `${count('done')}/${rows.length}`;
	if (!isOver) return `[+] Running ${progress}`;
	const time = formatSeconds(now - Math.min(...rows.map(({ startedAt }) => startedAt)));
	if (count('failed') > 0) return colours.red(`[+] Failed: ${count('failed')} of ${rows.length} in ${time}`);
	return count('running') > 0 ? `[+] Stopped at ${progress} after ${time}` : `[+] Done ${progress} in ${time}`;
}

/** A row in columns that stand below each other: mark, resource, status, time, and what else fits. */
export function formatRow(row: BoardRow, board: Board, frame: Frame): string {
	const { now, columns, colours, isOver } = frame;
	const room = columns - markWidth;
	const status = padToWidth(
		row.status,
		widest(board, ({ status }) => status),
	);
	const time = formatSeconds((row.endedAt ?? now) - row.startedAt).padStart(timeWidth);
	const fixed = status.length + time.length + 2 * gap.length;
	const titleWidth = Math.min(
		widest(board, ({ title }) => title),
		Math.max(narrowestTitle, room - fixed),
	);
	const title = padToWidth(cutToWidth(escapeLine(row.title), titleWidth), titleWidth);
	const detail = cutToWidth(escapeLine(row.detail), room - titleWidth - fixed - gap.length);
	const look = looks[row.state];
	const text = `${title}${gap}${colours[look.colour](status)}${gap}${colours.dim(time)}`;
	const mark = colours[look.colour](row.state === 'running' && !isOver ? spinner(now) : look.mark);
	return ` ${mark} ${detail === '' ? text : `${text}${gap}${colours.dim(detail)}`}`;
}

/** The newest lines of a build, below its row. */
export const formatOutput = (row: BoardRow, { columns, colours }: Frame): readonly string[] =>
	row.output.map((line) => `     ${colours.dim(cutToWidth(escapeLine(line.trimEnd()), columns - 5))}`);

/** The states differ by their mark, not by colour alone. */
const looks: Readonly<Record<BoardRow['state'], { readonly mark: string; readonly colour: keyof Colours }>> = {
	running: { mark: '…', colour: 'cyan' },
	done: { mark: '✔', colour: 'green' },
	failed: { mark: '✖', colour: 'red' },
	skipped: { mark: '-', colour: 'yellow' },
};

const markWidth = 3;
const gap = '  ';
const timeWidth = 6;
const narrowestTitle = 12;

const widest = (board: Board, textOf: (row: BoardRow) => string): number =>
	Math.max(0, ...[...board.values()].map((row) => displayWidth(escapeLine(textOf(row)))));

const spinnerFrames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const spinner = (now: number): string => spinnerFrames[Math.floor(now / frameMs) % spinnerFrames.length] ?? ' ';

/** How long one picture of the spinner stands. */
export const frameMs = 100;

/** `0.4s`, `12.3s`, `2m05s`. */
export function formatSeconds(milliseconds: number): string {
	const seconds = Math.max(0, milliseconds) / 1000;
	if (seconds < 60) return `${seconds.toFixed(1)}s`;
	return `${Math.floor(seconds / 60)}m${String(Math.floor(seconds % 60)).padStart(2, '0')}s`;
}
