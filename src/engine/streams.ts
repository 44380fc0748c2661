export interface TerminalSize {
	readonly columns: number;
	readonly rows: number;
}

/** One piece of a container's output. */
export interface OutputFrame {
	readonly stream: 'stdout' | 'stderr';
	readonly bytes: Uint8Array;
}

export type OutputFrames = AsyncIterable<OutputFrame>;

/** A container's terminal or pipes. Reading `output` slowly holds the container back. */
export interface DuplexStream {
	readonly output: OutputFrames;
	/** Resolves when the engine can take more. */
	write(bytes: Uint8Array): Promise<void>;
	/** Ends the input; output goes on. */
	endInput(): void;
	close(): void;
}
