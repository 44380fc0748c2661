import { createFooter } from './footer.ts';
import { createStreamWriter, type WriteBytes } from './stream-writer.ts';
import type { Terminal } from './terminal.ts';

type FileDescriptor = 0 | 1 | 2;

/** What the terminal needs of the process. The streams are asked for only when used: making them is slow. */
export interface ProcessStreams {
	readonly writer: (fd: 1 | 2) => WriteBytes;
	readonly isTerminal: (fd: FileDescriptor) => boolean;
	readonly stdin: () => NodeJS.ReadStream;
	readonly output: (fd: 1 | 2) => NodeJS.WriteStream;
}

export interface ProcessTerminal extends Terminal {
	/** Resolves when both streams took everything. */
	flushed(): Promise<void>;
}

export function createTerminal(streams: ProcessStreams, mayColour: (isTerminal: boolean) => boolean): ProcessTerminal {
	const out = createStreamWriter(streams.writer(1));
	const err = createStreamWriter(streams.writer(2));
	const footer = createFooter();
	const isTerminal = remembered(streams.isTerminal);
	/** The terminal whose size counts: results are fitted to where they are read. */
	const screen = () => (isTerminal(1) ? streams.output(1) : isTerminal(2) ? streams.output(2) : undefined);
	return {
		get stdin() {
			return streams.stdin();
		},
		out: (text) => out.write(footer.above(text)),
		err: (text) => err.write(footer.above(text)),
		setFooter: (line) => out.write(footer.change(line)),
		outClosed: out.closed,
		errClosed: err.closed,
		get outIsTerminal() {
			return isTerminal(1);
		},
		get errIsTerminal() {
			return isTerminal(2);
		},
		get inIsTerminal() {
			return isTerminal(0);
		},
		size: () => sizeOf(screen()),
		onResize(listener, signal) {
			const stream = screen();
			if (stream === undefined || signal.aborted) return;
			stream.on('resize', listener);
			signal.addEventListener('abort', () => stream.off('resize', listener), { once: true });
		},
		colour: {
			get out() {
				return mayColour(isTerminal(1));
			},
			get err() {
				return mayColour(isTerminal(2));
			},
		},
		async flushed() {
			await Promise.all([out.flushed(), err.flushed()]);
		},
	};
}

/** A stream never turns into a terminal while the process runs, and asking costs time. */
function remembered(isTerminal: (fd: FileDescriptor) => boolean): (fd: FileDescriptor) => boolean {
	const known = new Map<FileDescriptor, boolean>();
	return (fd) => {
		const answer = known.get(fd) ?? isTerminal(fd);
		known.set(fd, answer);
		return answer;
	};
}

/** Some terminals say that they have no columns at all. */
const sizeOf = (screen: NodeJS.WriteStream | undefined): { readonly columns: number; readonly rows: number } => ({
	columns: screen?.columns || 80,
	rows: screen?.rows || 24,
});
