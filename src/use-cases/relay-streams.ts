import type { DuplexStream } from '../engine/streams.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Connection, Console, ConsoleInput } from './console.ts';
import { createDetachKeys, type DetachKeys } from './detach-keys.ts';

/** Why a conversation is over: the program closed its output, the user left it, or nobody reads any more. */
export type RelayEnd = 'ended' | 'detached' | 'unread';

export interface RelayOptions extends Connection {
	/** Ends the conversation at once. */
	readonly signal: AbortSignal;
	/** Other keys than the usual ones that leave the program running. */
	readonly detachKeys?: Uint8Array | undefined;
}

/** Carries input and output between the caller and a program until one of them is through. */
export async function relayStreams(
	stream: DuplexStream,
	console: Console,
	{ tty, input, signal, detachKeys }: RelayOptions,
): Promise<RelayEnd> {
	const over = new AbortController();
	const stopInput = AbortSignal.any([over.signal, signal]);
	try {
		return await Promise.race([
			relayOutput(stream, console),
			unread(console.outClosed, over.signal),
			failing(signal, over.signal),
			...(input
				? [
						tty
							? relayKeys(stream, console.input, { signal: stopInput, detachKeys: createDetachKeys(detachKeys) })
							: relayInput(stream, console, stopInput),
					]
				: []),
		]);
	} finally {
		over.abort();
		stream.close();
	}
}

async function relayOutput(stream: DuplexStream, console: Console): Promise<RelayEnd> {
	for await (const { stream: kind, bytes } of stream.output) {
		await (kind === 'stderr' ? console.err(bytes) : console.out(bytes));
	}
	return 'ended';
}

/** The end of the input is no end of the conversation: the program may have much to say yet. */
async function relayInput(stream: DuplexStream, { input }: Console, signal: AbortSignal): Promise<never> {
	await input.read((bytes) => stream.write(bytes), signal);
	if (!signal.aborted) stream.endInput();
	return never;
}

async function relayKeys(
	stream: DuplexStream,
	input: ConsoleInput,
	{ signal, detachKeys }: { readonly signal: AbortSignal; readonly detachKeys: DetachKeys },
): Promise<RelayEnd> {
	const left = new AbortController();
	await input.read(
		async (bytes) => {
			const { passed, detached } = detachKeys.take(bytes);
			if (passed.length > 0) await stream.write(passed);
			if (detached) left.abort();
		},
		AbortSignal.any([signal, left.signal]),
	);
	if (left.signal.aborted) return 'detached';
	if (!signal.aborted) stream.endInput();
	return never;
}

const unread = (outClosed: AbortSignal, over: AbortSignal): Promise<RelayEnd> =>
	new Promise((resolve) => {
		if (outClosed.aborted) resolve('unread');
		outClosed.addEventListener('abort', () => resolve('unread'), { once: true, signal: over });
	});

const failing = (signal: AbortSignal, over: AbortSignal): Promise<never> =>
	new Promise((_resolve, reject) => {
		if (signal.aborted) reject(interrupted(signal));
		signal.addEventListener('abort', () => reject(interrupted(signal)), { once: true, signal: over });
	});

const interrupted = ({ reason }: AbortSignal): LabcError =>
	new LabcError('INTERRUPTED', 'interrupted', { cause: reason });

const never = new Promise<never>(() => undefined);
