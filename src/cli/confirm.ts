import { LabcError } from '../errors/labc-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks a question that only a clear yes answers with true, also through a pipe; the end of input is a no. An
 * interruption is no answer: it throws `INTERRUPTED`. What is said next stands on a line of its own.
 */
export async function confirm(terminal: Terminal, question: string, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) throw interrupted();
	await terminal.err(`${question} [y/N] `);
	const answer = await readLine(terminal, signal);
	if (answer === undefined) await terminal.err('\n');
	if (signal.aborted) throw interrupted();
	return /^y(es)?$/i.test((answer ?? '').trim());
}

/** Undefined where the input ends, or the user interrupts, before a line does. */
async function readLine({ stdin }: Pick<Terminal, 'stdin'>, signal: AbortSignal): Promise<string | undefined> {
	const { createInterface } = await import('node:readline');
	const reader = createInterface({ input: stdin, terminal: false });
	const { promise, resolve } = Promise.withResolvers<string | undefined>();
	const giveUp = (): void => reader.close();
	signal.addEventListener('abort', giveUp, { once: true });
	reader.once('line', resolve);
	reader.once('close', () => resolve(undefined));
	return promise.finally(() => {
		signal.removeEventListener('abort', giveUp);
		reader.close();
		stdin.pause();
	});
}

const interrupted = (): LabcError => new LabcError('INTERRUPTED', 'interrupted');
