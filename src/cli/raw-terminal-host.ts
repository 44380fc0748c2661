import { execFileSync } from 'node:child_process';
import type { RawTerminalHost } from './raw-terminal.ts';

/** The process's own terminal. */
export const rawTerminalHost = (stdin: NodeJS.ReadStream): RawTerminalHost => ({
	stdin,
	stty: (args) => execFileSync('stty', args, { stdio: ['inherit', 'pipe', 'pipe'], encoding: 'utf8' }),
	onEnd(listener) {
		const onQuit = (): void => {
			listener();
			// The handler has gone by now, so the signal does what it always does.
			process.kill(process.pid, 'SIGQUIT');
		};
		process.once('exit', listener).once('SIGQUIT', onQuit);
		return () => {
			process.off('exit', listener).off('SIGQUIT', onQuit);
		};
	},
	onHangUp(listener) {
		process.once('SIGHUP', listener);
		return () => {
			process.off('SIGHUP', listener);
		};
	},
});
