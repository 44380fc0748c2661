import { execFileSync } from 'node:child_process';
import type { RawTerminalHost } from './raw-terminal.ts';

/** The process's own terminal. */
export const rawTerminalHost = (stdin: NodeJS.ReadStream): RawTerminalHost => ({
	stdin,
	stty: (args) => execFileSync('stty', args, { stdio: ['inherit', 'pipe', 'pipe'], encoding: 'utf8' }),
	onEnd: onProcessEnd,
	onHangUp(listener) {
		process.once('SIGHUP', listener);
		return () => {
			process.off('SIGHUP', listener);
		};
	},
});

/** Calls back when the process ends in whatever way it can still notice; gives a way to stop that. */
export function onProcessEnd(listener: () => void): () => void {
	const onQuit = (): void => {
		listener();
		// The handler has gone by now, so the signal does what it always does.
		process.kill(process.pid, 'SIGQUIT');
	};
	process.once('exit', listener).once('SIGQUIT', onQuit);
	return () => {
		process.off('exit', listener).off('SIGQUIT', onQuit);
	};
}
