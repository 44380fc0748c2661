import { setTimeout as delay } from 'node:timers/promises';
import type { TerminalSize } from '../engine/streams.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { ConsoleTerminal } from './console.ts';

/** Keeps a program's terminal as large as the caller's, until `signal` aborts. */
export function keepSize(
	terminal: ConsoleTerminal,
	resize: (size: TerminalSize) => Promise<void>,
	signal: AbortSignal,
): void {
	let last: Promise<void> = Promise.resolve();
	const update = (): void => {
		last = last.then(() => resizeSoon(() => resize(terminal.size()), signal));
	};
	terminal.onResize(update, signal);
	update();
}

/** The engine refuses until the program is really there: tried a few times, then left for the next change of size. */
async function resizeSoon(resize: () => Promise<void>, signal: AbortSignal): Promise<void> {
	for (let attempt = 0; attempt < attempts && !signal.aborted; attempt += 1) {
		try {
			return await resize();
		} catch (error) {
			if (!(error instanceof LabcError)) return;
			await delay(pauseMs);
		}
	}
}

const attempts = 10;
const pauseMs = 20;
