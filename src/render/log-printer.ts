import { createBatchWriter } from './batch-writer.ts';
import { createLogLines } from './log-lines.ts';
import { createLogPrefixes } from './log-prefix.ts';
import { safeText } from './terminal-text.ts';

/** Where log lines go; a promise resolves when the text is taken. */
export interface LogSink {
	out(text: string | Uint8Array): Promise<void>;
	err(text: string | Uint8Array): Promise<void>;
}

export interface LogStyle {
	/** The container's name in front of each line. */
	readonly prefix: boolean;
	/** Colours, the prefix's and the container's own. */
	readonly colour: boolean;
	/** The text goes to a terminal, which must not be steered by it. */
	readonly terminal: boolean;
	/** What a container writes to its error output goes to ours; otherwise all goes to the output. */
	readonly separateStderr: boolean;
}

export interface LogPrinter {
	/** Makes room for a name before its first line. */
	expect(name: string): void;
	open(source: LogSource): LogStream;
	/** A line of our own. */
	notice(text: string): Promise<void>;
	flush(): Promise<void>;
}

export interface LogSource {
	/** As the prefix shows it. */
	readonly name: string;
	readonly service: string;
}

/** One run of one container. */
export interface LogStream {
	/** Whether there is room for more; where not, flush first. */
	write(stream: 'stdout' | 'stderr', bytes: Uint8Array): boolean;
	/** Prints what is left without a line feed. */
	end(): void;
}

export function createLogPrinter(sink: LogSink, style: LogStyle): LogPrinter {
	const prefixes = createLogPrefixes(style);
	const out = createBatchWriter((text) => sink.out(text));
	const err = style.separateStderr ? createBatchWriter((text) => sink.err(text)) : out;
	const rules = { colour: style.colour, raw: !style.prefix && !style.terminal };
	return {
		expect: (name) => prefixes.expect(name),
		open({ name, service }) {
			const prefix = (): string => (style.prefix ? prefixes.of(name, service) : '');
			const lines = { stdout: createLogLines(rules), stderr: createLogLines(rules) };
			const writers = { stdout: out, stderr: err };
			return {
				write: (stream, bytes) => writers[stream].add(lines[stream].push(bytes, prefix())),
				end() {
					for (const stream of ['stdout', 'stderr'] as const) writers[stream].add(lines[stream].end(prefix()));
				},
			};
		},
		async notice(text) {
			await err.flush();
			out.add(`${safeText(text, { colour: false })}\n`);
			await out.flush();
		},
		async flush() {
			await err.flush();
			await out.flush();
		},
	};
}
