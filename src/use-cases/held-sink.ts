import type { LogSink } from '../render/log-printer.ts';

/** A sink that takes nothing while it is held: log lines must not come between lines that are drawn in place. */
export interface HeldSink extends LogSink {
	hold(): void;
	open(): void;
}

/** Held at first. */
export function holdSink(sink: LogSink): HeldSink {
	let gate = Promise.withResolvers<void>();
	return {
		hold() {
			gate = Promise.withResolvers();
		},
		open: () => gate.resolve(),
		out: (text) => gate.promise.then(() => sink.out(text)),
		err: (text) => gate.promise.then(() => sink.err(text)),
	};
}
