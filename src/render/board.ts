import type { LabcEvent, StepInfo } from '../events/event.ts';
import { endWords, obstacleLines, placeText, queueTitle } from './gpu-lines.ts';

/** One resource on the screen, as far as its steps have come. */
export interface BoardRow {
	/** `Container lab-jupyter-1` */
	readonly title: string;
	/** `Starting`, then `Started`. */
	readonly status: string;
	readonly state: 'running' | 'done' | 'failed' | 'skipped';
	readonly startedAt: number;
	/** Undefined while it runs. */
	readonly endedAt: number | undefined;
	/** What there is to say besides: how much is pulled, what failed. */
	readonly detail: string;
	/** The newest lines of a build, or who stands in the way. */
	readonly output: readonly string[];
}

/** Rows by title, in the order in which their resources first showed up. A resource keeps its row over all its steps. */
export type Board = ReadonlyMap<string, BoardRow>;

export const emptyBoard: Board = new Map();

export function updateBoard(board: Board, event: LabcEvent): Board {
	switch (event.type) {
		case 'step.started':
			return change(board, event, { status: event.step.doing, state: 'running', detail: '' });
		case 'step.progress':
			return change(board, event, { status: event.step.doing, detail: progressText(event) });
		case 'step.done':
			return change(board, event, { status: event.step.done, state: 'done', detail: '', output: [] });
		case 'step.failed':
			return change(board, event, { status: 'Error', state: 'failed', detail: firstLine(event.message), output: [] });
		case 'step.skipped':
			return change(board, event, { status: 'Skipped', state: 'skipped', detail: firstLine(event.message) });
		case 'build.output':
			return addOutput(board, `Service ${event.service}`, event.text);
		case 'gpu.waiting':
			return changeRow(board, queueTitle, {
				at: event.at,
				changes: {
					status: 'Waiting',
					state: 'running',
					detail: placeText(event),
					output: obstacleLines(event),
				},
			});
		case 'gpu.turn':
		case 'gpu.left':
			return changeRow(board, queueTitle, {
				at: event.at,
				changes: {
					status: endWords[event.type],
					state: event.type === 'gpu.turn' ? 'done' : 'skipped',
					detail: '',
					output: [],
				},
			});
		default:
			return board;
	}
}

/** A step on several resources is told as one of each. */
export const titlesOf = ({ resource }: StepInfo): readonly string[] =>
	resource.name.split(', ').map((name) => `${resource.kind} ${name}`);

type StepEvent = Extract<LabcEvent, { readonly step: StepInfo }>;

const change = (board: Board, { step, at }: StepEvent, changes: Partial<BoardRow>): Board =>
	titlesOf(step).reduce((changed, title) => changeRow(changed, title, { at, changes }), board);

function changeRow(
	board: Board,
	title: string,
	{ at, changes }: { readonly at: number; readonly changes: Partial<BoardRow> },
): Board {
	const changed = { ...(board.get(title) ?? newRow(title, at)), ...changes };
	return new Map(board).set(title, { ...changed, endedAt: changed.state === 'running' ? undefined : at });
}

const newRow = (title: string, at: number): BoardRow => ({
	title,
	status: '',
	state: 'running',
	startedAt: at,
	endedAt: undefined,
	detail: '',
	output: [],
});

function addOutput(board: Board, title: string, text: string): Board {
	const row = board.get(title);
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	if (row === undefined || lines.length === 0) return board;
	return new Map(board).set(title, { ...row, output: [...row.output, ...lines].slice(-shownOutputLines) });
}

/** Enough to see that a build moves; the whole output of one that fails is in its error. */
const shownOutputLines = 3;

const progressText = ({ text, fraction }: { readonly text: string; readonly fraction?: number }): string =>
	fraction === undefined ? firstLine(text) : `${Math.round(fraction * 100)} % ${firstLine(text)}`.trimEnd();

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
