import type { Terminal } from './terminal.ts';

/** Asks a question that only a clear yes answers with true, also through a pipe; the end of input is a no. */
export async function confirm(terminal: Terminal, question: string, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return false;
	await terminal.err(`${question} [y/N] `);
	return /^y(es)?$/i.test((await readLine(terminal, signal)).trim());
}

async function readLine({ stdin }: Pick<Terminal, 'stdin'>, signal: AbortSignal): Promise<string> {
	const { createInterface } = await import('node:readline');
	const reader = createInterface({ input: stdin, terminal: false });
	const { promise, resolve } = Promise.withResolvers<string>();
	const giveUp = (): void => reader.close();
	signal.addEventListener('abort', giveUp, { once: true });
	reader.once('line', resolve);
	reader.once('close', () => resolve(''));
	return promise.finally(() => {
		signal.removeEventListener('abort', giveUp);
		reader.close();
		stdin.pause();
	});
}
