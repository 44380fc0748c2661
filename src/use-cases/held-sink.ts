import type { LogSink } from '../render/log-printer.ts';

/** A sink that takes nothing until it is opened: log lines must not come between lines that are drawn in place. */
export interface HeldSink extends LogSink {
	open(): void;
}

export function holdSink(sink: LogSink): HeldSink {
	const gate = Promise.withResolvers<void>();
	return {
		open: gate.resolve,
		out: (text) => gate.promise.then(() => sink.out(text)),
		err: (text) => gate.promise.then(() => sink.err(text)),
	};
}
