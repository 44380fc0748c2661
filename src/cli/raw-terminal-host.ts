import { execFileSync } from 'node:child_process';
import type { RawTerminalHost } from './raw-terminal.ts';

/** The process's own terminal. */
export const rawTerminalHost = (stdin: NodeJS.ReadStream): RawTerminalHost => ({
	stdin,
	stty: (args) => execFileSync('stty', args, { stdio: ['inherit', 'pipe', 'pipe'], encoding: 'utf8' }),
	onEnd(listener) {
		const listeners = hangUps.map((name) => [name, () => endAfter(listener, name)] as const);
		for (const [name, handle] of listeners) process.once(name, handle);
		process.once('exit', listener);
		return () => {
			for (const [name, handle] of listeners) process.off(name, handle);
			process.off('exit', listener);
		};
	},
});

/** Signals that end the process without a word to it; the first two that a user sends have a meaning of their own. */
const hangUps = ['SIGHUP', 'SIGQUIT'] as const;

/** The listener has gone by then, so the signal does what it always does. */
function endAfter(listener: () => void, name: (typeof hangUps)[number]): void {
	try {
		listener();
	} finally {
		process.kill(process.pid, name);
	}
}
