import type { LogOptions } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { OutputFrames } from '../engine/streams.ts';
import {
	createLogPrinter,
	type LogPrinter,
	type LogSink,
	type LogStream,
	type LogStyle,
} from '../render/log-printer.ts';
import { observeContainers } from '../state/observe.ts';
import { type LogSelection, logSource, selectContainers } from './log-containers.ts';

/** Which lines are wanted, in the engine's terms. */
export type LogRange = { readonly [K in 'tail' | 'since' | 'until' | 'timestamps']?: LogOptions[K] | undefined };

export interface PrintLogsRequest {
	readonly selection: LogSelection;
	readonly range: LogRange;
	readonly style: LogStyle;
	readonly sink: LogSink;
	/** Ends the printing quietly. */
	readonly signal: AbortSignal;
}

export type LogReads = Pick<Engine, 'listContainers' | 'inspectContainer' | 'containerLogs'>;

/** Prints what the selected containers have written so far, one after the other. */
export async function printLogs(engine: LogReads, request: PrintLogsRequest): Promise<void> {
	const { selection, range, sink, style, signal } = request;
	const containers = selectContainers(await observeContainers(engine, selection.projectName), selection);
	const printer = createLogPrinter(sink, style);
	for (const container of containers) printer.expect(logSource(container).name);
	for (const container of containers) {
		if (signal.aborted) break;
		const { tty } = await engine.inspectContainer(container.id);
		const frames = await engine.containerLogs(container.id, { ...logOptions(range), follow: false, tty }, signal);
		await pumpLogs(frames, printer.open(logSource(container)), printer);
	}
	await printer.flush();
}

/** Without the parts that are undefined. */
export const logOptions = (range: LogRange): Partial<LogOptions> =>
	Object.fromEntries(Object.entries(range).filter(([, value]) => value !== undefined));

/** Prints a stream to its end, as fast as the reader takes it. */
export async function pumpLogs(frames: OutputFrames, stream: LogStream, printer: LogPrinter): Promise<void> {
	try {
		for await (const { stream: kind, bytes } of frames) {
			if (!stream.write(kind, bytes)) await printer.flush();
		}
	} finally {
		stream.end();
	}
}
