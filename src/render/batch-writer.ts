/** Gathers small writes, so that a log of a million lines is not a million system calls. */
export interface BatchWriter {
	/** Whether there is room for more; where not, flush first. */
	add(piece: string | Uint8Array): boolean;
	/** Resolves when everything added so far is taken. */
	flush(): Promise<void>;
}

export function createBatchWriter(
	write: (batch: string | Uint8Array) => Promise<void>,
	limit = 64 * 1024,
): BatchWriter {
	let pieces: (string | Uint8Array)[] = [];
	let held = 0;
	let scheduled = false;
	let writing: Promise<void> = Promise.resolve();
	const flush = (): Promise<void> => {
		if (pieces.length === 0) return writing;
		const batch = joined(pieces);
		pieces = [];
		held = 0;
		writing = writing.then(() => write(batch));
		return writing;
	};
	const flushSoon = (): void => {
		scheduled = false;
		// A failed write is met by whoever adds or flushes next.
		flush().catch(() => undefined);
	};
	return {
		add(piece) {
			if (piece.length === 0) return true;
			pieces.push(piece);
			held += piece.length;
			if (!scheduled) setImmediate(flushSoon);
			scheduled = true;
			return held < limit;
		},
		flush,
	};
}

function joined(pieces: readonly (string | Uint8Array)[]): string | Uint8Array {
	if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('');
	return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}
