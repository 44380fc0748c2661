import type { OutputFrame } from '../../streams.ts';

const headerLength = 8;

/**
 * Splits the engine's multiplexed output: 8 bytes of header (stream, 0, 0, 0, length), then that many bytes. Frames
 * are windows on the chunks that came in, never copies; a frame cut by chunks comes out in as many pieces.
 */
export class FrameParser {
	readonly #header = new Uint8Array(headerLength);
	#headerFilled = 0;
	#remaining = 0;
	#stream: OutputFrame['stream'] = 'stdout';

	push(chunk: Uint8Array): OutputFrame[] {
		const frames: OutputFrame[] = [];
		let offset = 0;
		while (offset < chunk.length) {
			if (this.#remaining === 0) {
				offset = this.#readHeader(chunk, offset);
				continue;
			}
			const end = Math.min(offset + this.#remaining, chunk.length);
			frames.push({ stream: this.#stream, bytes: chunk.subarray(offset, end) });
			this.#remaining -= end - offset;
			offset = end;
		}
		return frames;
	}

	/** True inside a frame: the stream was cut off where it should not end. */
	get isCut(): boolean {
		return this.#remaining > 0 || this.#headerFilled > 0;
	}

	#readHeader(chunk: Uint8Array, from: number): number {
		let offset = from;
		while (this.#headerFilled < headerLength && offset < chunk.length) {
			this.#header[this.#headerFilled] = chunk[offset] ?? 0;
			this.#headerFilled += 1;
			offset += 1;
		}
		if (this.#headerFilled === headerLength) this.#startFrame();
		return offset;
	}

	#startFrame(): void {
		const [kind = 0, , , , a = 0, b = 0, c = 0, d = 0] = this.#header;
		this.#stream = kind === 2 ? 'stderr' : 'stdout';
		this.#remaining = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
		this.#headerFilled = 0;
	}
}
