import { LabcError } from '../errors/labc-error.ts';
import type { RawMode } from '../use-cases/console.ts';

/** What raw mode needs of the process. */
export interface RawTerminalHost {
	readonly stdin: { setRawMode?(on: boolean): unknown };
	/** Runs `stty` on the terminal that is our input; gives its output. */
	stty(args: readonly string[]): string;
	/** Calls back when the process ends in whatever way it can still notice; gives a way to stop that. */
	onEnd(listener: () => void): () => void;
	/** Calls back when the terminal's line is cut, instead of ending the process; gives a way to stop that. */
	onHangUp(listener: () => void): () => void;
}

/**
 * Makes the terminal pass every byte both ways. The runtime's own raw mode leaves the output's processing on, which
 * garbles full-screen programs, so `stty` sets the rest. The terminal is put back also when the process crashes.
 */
export function enterRawMode(host: RawTerminalHost): RawMode {
	const saved = sttyOrExplain(host, ['-g']).trim();
	host.stdin.setRawMode?.(true);
	const hungUp = new AbortController();
	let active = true;
	const restore = (): void => {
		if (!active) return;
		active = false;
		unlistenEnd();
		unlistenHangUp();
		host.stdin.setRawMode?.(false);
		host.stty([saved]);
	};
	const unlistenEnd = host.onEnd(restore);
	const unlistenHangUp = host.onHangUp(() => hungUp.abort(new DOMException('SIGHUP', 'AbortError')));
	try {
		sttyOrExplain(host, ['raw', '-echo']);
	} catch (error) {
		restore();
		throw error;
	}
	return { restore, hungUp: hungUp.signal };
}

function sttyOrExplain(host: RawTerminalHost, args: readonly string[]): string {
	try {
		return host.stty(args);
	} catch (cause) {
		throw new LabcError('TERMINAL_UNAVAILABLE', 'the terminal could not be prepared with `stty`', {
			hint: 'Install `stty` (package coreutils), or pass `-T` to go without a terminal.',
			cause,
		});
	}
}
