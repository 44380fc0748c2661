import type { Console, ConsoleInput } from '../use-cases/console.ts';
import { enterRawMode } from './raw-terminal.ts';
import type { Terminal } from './terminal.ts';

/** The process's streams, as a program in a container meets them. */
export const consoleOf = (terminal: Terminal): Console => ({
	out: (bytes) => terminal.out(bytes),
	err: (bytes) => terminal.err(bytes),
	outClosed: terminal.outClosed,
	input: { read: (take, signal) => readInput(terminal.stdin, take, signal) },
	terminal: {
		size: () => terminal.size(),
		onResize: (listener, signal) => terminal.onResize(listener, signal),
		async enterRawMode() {
			const { rawTerminalHost } = await import('./raw-terminal-host.ts');
			return enterRawMode(rawTerminalHost(terminal.stdin));
		},
	},
});

/** A stream that can't be read any more has ended, as far as the program in the container is concerned. */
export const readInput = (
	stdin: NodeJS.ReadableStream,
	take: Parameters<ConsoleInput['read']>[0],
	signal: AbortSignal,
): Promise<void> =>
	new Promise((resolve, reject) => {
		const stop = (): void => {
			stdin.off('data', onData).off('end', stop).off('error', stop).off('close', stop);
			signal.removeEventListener('abort', stop);
			stdin.pause();
			if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
			resolve();
		};
		const onData = (chunk: Uint8Array): void => {
			stdin.pause();
			take(chunk).then(() => {
				if (!signal.aborted) stdin.resume();
			}, reject);
		};
		if (signal.aborted) return resolve();
		signal.addEventListener('abort', stop, { once: true });
		stdin.on('data', onData).on('end', stop).on('error', stop).on('close', stop);
	});
