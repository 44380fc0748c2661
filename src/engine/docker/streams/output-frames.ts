import type { OutputFrame } from '../../streams.ts';
import { FrameParser } from './frame-parser.ts';

export interface OutputFormat {
	/** A terminal's output is one raw stream; without one, stdout and stderr share it in frames. */
	readonly tty: boolean;
	/** True when we ended the stream ourselves: its breaking off is then no failure. */
	isClosed(): boolean;
}

/** Output piece by piece. The source is read only as fast as the caller takes pieces. */
export async function* outputFrames(
	source: AsyncIterable<Uint8Array>,
	format: OutputFormat,
): AsyncGenerator<OutputFrame> {
	const parser = new FrameParser();
	try {
		for await (const chunk of source) {
			if (format.tty) yield { stream: 'stdout', bytes: chunk };
			else yield* parser.push(chunk);
		}
	} catch (error) {
		if (!format.isClosed()) throw error;
	}
}
