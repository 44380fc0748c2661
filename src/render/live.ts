import type { LabcEvent } from '../events/event.ts';
import { type Board, emptyBoard, updateBoard } from './board.ts';
import { createColours } from './colours.ts';
import { type Frame, formatHeader, formatOutput, formatRow, frameMs } from './format-board.ts';
import { formatWarning } from './format-warning.ts';
import type { LiveList } from './listr.ts';
import { formatEnd } from './plain.ts';
import type { RenderTarget } from './render-target.ts';
import type { Renderer } from './renderer.ts';
import { formatWatch, isWatchEvent } from './watch-lines.ts';

/**
 * Lines that change in place, for a person at a terminal. What they say is computed here; listr2 keeps them on the
 * screen, and is loaded only when the first step starts. It never decides what runs.
 */
export function createLiveRenderer(target: RenderTarget): Renderer {
	const colours = createColours(target.colour);
	/** Said beside the lines: it stands below them in the end. */
	const notes: string[] = [];
	let board: Board = emptyBoard;
	let opened: OpenedList | undefined;
	let lastEventAt = 0;

	const draw = (list: LiveList, time: Pick<Frame, 'now' | 'isOver'>): void => {
		const frame: Frame = { ...time, colours, columns: target.size().columns - listMargin };
		list.show('', formatHeader(board, frame));
		for (const row of board.values()) {
			list.show(row.title, [formatRow(row, board, frame), ...formatOutput(row, frame)].join('\n'));
		}
	};
	return {
		on(event) {
			board = updateBoard(board, event);
			lastEventAt = Math.max(lastEventAt, event.at);
			if (board.size > 0) opened ??= openList(target, (list) => draw(list, { now: Date.now(), isOver: false }));
			const note = formatNote(event, colours, target);
			if (opened === undefined) target.write(note);
			else notes.push(note);
		},
		async close() {
			const list = await opened?.list;
			opened?.stop();
			if (list !== undefined) {
				draw(list, { now: lastChange(board, lastEventAt), isOver: true });
				await list.close();
			}
			target.write(notes.join(''));
			await target.flushed();
		},
	};
}

/** listr2 keeps this many columns free. */
const listMargin = 2;

interface OpenedList {
	readonly list: Promise<LiveList>;
	stop(): void;
}

/** Draws from the moment listr2 is there until it is stopped. */
function openList(target: RenderTarget, draw: (list: LiveList) => void): OpenedList {
	let ticker: NodeJS.Timeout | undefined;
	const list = import('./listr.ts').then(({ openLiveList }) => {
		const opened = openLiveList(target);
		draw(opened);
		ticker = setInterval(draw, frameMs, opened);
		return opened;
	});
	return { list, stop: () => clearInterval(ticker) };
}

function formatNote(event: LabcEvent, colours: Frame['colours'], target: RenderTarget): string {
	if (event.type === 'warning') return formatWarning(event, colours, target);
	if (isWatchEvent(event)) return formatWatch(event, colours, target);
	return event.type === 'run.done' ? formatEnd(event) : '';
}

/** The last picture shows times as they were when the last row ended, however long closing takes; what still runs, runs until the last event. */
const lastChange = (board: Board, lastEventAt: number): number =>
	Math.max(...[...board.values()].map(({ endedAt }) => endedAt ?? lastEventAt));
