import type { OutputFrame } from '../../streams.ts';

const headerLength = 8;

/** Neighbouring bytes of one stream. */
interface Run {
	readonly stream: OutputFrame['stream'];
	readonly start: number;
	end: number;
}

/**
 * Splits the engine's multiplexed output: 8 bytes of header (stream, 0, 0, 0, length), then that many bytes. A log
 * has a frame a line, far too many to hand on singly, so neighbours of one stream are moved together inside the
 * chunk they came in: nothing is allocated, and what comes out are windows on the chunk. The chunk is used up.
 */
export class FrameParser {
	readonly #header = new Uint8Array(headerLength);
	#headerFilled = 0;
	#remaining = 0;
	#stream: OutputFrame['stream'] = 'stdout';

	push(chunk: Uint8Array): OutputFrame[] {
		const runs: Run[] = [];
		let offset = 0;
		while (offset < chunk.length) {
			if (this.#remaining === 0) {
				offset = this.#readHeader(chunk, offset);
				continue;
			}
			const end = Math.min(offset + this.#remaining, chunk.length);
			this.#append(runs, chunk, { offset, end });
			this.#remaining -= end - offset;
			offset = end;
		}
		return runs.map(({ stream, start, end }) => ({ stream, bytes: chunk.subarray(start, end) }));
	}

	#append(runs: Run[], chunk: Uint8Array, { offset, end }: { readonly offset: number; readonly end: number }): void {
		const last = runs.at(-1);
		if (last?.stream !== this.#stream) {
			runs.push({ stream: this.#stream, start: offset, end });
			return;
		}
		chunk.copyWithin(last.end, offset, end);
		last.end += end - offset;
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
