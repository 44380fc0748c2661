/**
 * Collects a stream's bytes and gives out whole lines: as much as there is, up to and with the last line feed. A line
 * feed is never part of another UTF-8 character, so no character is cut. A line longer than the limit is given out in
 * parts, each ending between characters and with a line feed of its own.
 */
export interface LineBuffer {
	/** The whole lines that `bytes` completes, or undefined. The result may share memory with `bytes`. */
	push(bytes: Uint8Array): Buffer | undefined;
	/** What is left without a line feed, with one added; undefined where nothing is. */
	end(): Buffer | undefined;
}

export function createLineBuffer(limit = 1024 * 1024): LineBuffer {
	let parts: Buffer[] = [];
	let held = 0;
	const hold = (bytes: Buffer): void => {
		if (bytes.length === 0) return;
		parts.push(bytes);
		held += bytes.length;
	};
	const take = (last: Buffer): Buffer => {
		const whole = parts.length === 0 ? last : Buffer.concat([...parts, last], held + last.length);
		parts = [];
		held = 0;
		return whole;
	};
	return {
		push(bytes) {
			const chunk = asBuffer(bytes);
			const afterLine = chunk.lastIndexOf(lineFeed) + 1;
			if (afterLine > 0) {
				const lines = take(chunk.subarray(0, afterLine));
				hold(chunk.subarray(afterLine));
				return lines;
			}
			hold(chunk);
			if (held <= limit) return undefined;
			const line = take(empty);
			const cut = characterEnd(line);
			hold(line.subarray(cut));
			return Buffer.concat([line.subarray(0, cut), lineEnd]);
		},
		end: () => (held === 0 ? undefined : take(lineEnd)),
	};
}

const lineFeed = 0x0a;
const lineEnd = Buffer.from('\n');
const empty = Buffer.alloc(0);

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The end of the last whole character: at most three bytes of a begun one are left out. */
function characterEnd(bytes: Buffer): number {
	for (let back = 1; back <= 3; back += 1) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 0x80) return bytes.length;
		if (byte >= 0xc0) return byte >= leadOfLength(back + 1) ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}

/** The smallest lead byte of a character with `length` bytes. */
const leadOfLength = (length: number): number => [0, 0, 0xc0, 0xe0, 0xf0][length] ?? 0x100;
