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

/** What came behind the answer to one question is for the next one: a pipe gives all answers at once. */
const unread = new WeakMap<Terminal['stdin'], string>();

/** Undefined where the input ends, or the user interrupts, before a line does. */
async function readLine({ stdin }: Pick<Terminal, 'stdin'>, signal: AbortSignal): Promise<string | undefined> {
	const { promise, resolve } = Promise.withResolvers<string | undefined>();
	let text = unread.get(stdin) ?? '';
	unread.delete(stdin);
	const take = (): boolean => {
		const end = text.indexOf('\n');
		if (end === -1) return false;
		unread.set(stdin, text.slice(end + 1));
		resolve(text.slice(0, end));
		return true;
	};
	const hear = (chunk: Uint8Array | string): void => {
		text += chunk.toString();
		if (!take()) return;
		stdin.pause();
		stdin.off('data', hear);
	};
	const giveUp = (): void => resolve(text === '' || signal.aborted ? undefined : text);
	if (take()) return promise;
	if (stdin.readableEnded || stdin.destroyed) giveUp();
	signal.addEventListener('abort', giveUp, { once: true });
	stdin.on('data', hear).once('end', giveUp).once('error', giveUp).resume();
	return promise.finally(() => {
		signal.removeEventListener('abort', giveUp);
		stdin.off('data', hear).off('end', giveUp).off('error', giveUp).pause();
	});
}

const interrupted = (): LabcError => new LabcError('INTERRUPTED', 'interrupted');
