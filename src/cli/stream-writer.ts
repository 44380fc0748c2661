import { LabcError } from '../errors/labc-error.ts';

/** Writes some of `bytes` and says how many were taken. Rejects with the system's error. */
export type WriteBytes = (bytes: Uint8Array) => Promise<number>;

export interface StreamWriter {
	/** Resolves when the text is taken, in the order of the calls. */
	write(text: string | Uint8Array): Promise<void>;
	/** Resolves when all that was written is taken. */
	flushed(): Promise<void>;
	/** Aborts when the reader has gone. */
	readonly closed: AbortSignal;
}

/** Writes one after the other. A reader that has gone is no error: what it would have got is dropped. */
export function createStreamWriter(writeBytes: WriteBytes): StreamWriter {
	const closed = new AbortController();
	let last: Promise<void> = Promise.resolve();
	return {
		write(text) {
			const bytes = typeof text === 'string' ? Buffer.from(text) : text;
			const written = last.then(() => writeAll(bytes, writeBytes, closed));
			last = written.catch(() => undefined);
			return written;
		},
		flushed: () => last,
		closed: closed.signal,
	};
}

async function writeAll(bytes: Uint8Array, writeBytes: WriteBytes, closed: AbortController): Promise<void> {
	let offset = 0;
	while (offset < bytes.length && !closed.signal.aborted) {
		try {
			offset += await writeBytes(bytes.subarray(offset));
		} catch (error) {
			await waitOrGiveUp(error, closed);
		}
	}
}

/** EIO is what a terminal says whose window was closed. */
async function waitOrGiveUp(error: unknown, closed: AbortController): Promise<void> {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'EPIPE' || code === 'EIO') return closed.abort();
	if (code === 'EAGAIN') return new Promise((resolve) => setTimeout(resolve, busyMs));
	throw new LabcError(
		'OUTPUT_FAILED',
		`the output could not be written: ${error instanceof Error ? error.message : error}`,
		{
			hint: 'Look at where it goes: is there room, and may you write there?',
			cause: error,
		},
	);
}

/** How long a full pipe, which somebody set not to block, gets to drain before the next try. */
const busyMs = 2;
