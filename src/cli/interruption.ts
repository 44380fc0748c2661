/** Two signals in a row: the first asks for a graceful end, the second for one at once. */
export interface Interruption {
	readonly signal: AbortSignal;
	readonly forceSignal: AbortSignal;
	/** Whether the user asked for the end. */
	readonly isInterrupted: () => boolean;
}

const signalNames = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type SignalName = (typeof signalNames)[number];

type Listen = (name: SignalName, listener: () => void) => void;

/**
 * Listens from the moment somebody asks for a signal: a command that never does is ended by the system itself,
 * as any program is.
 */
export function createInterruption(listen: Listen): Interruption {
	const graceful = new AbortController();
	const force = new AbortController();
	let isListening = false;
	/** The reason names the signal, so that a program in a container can be given the same one. */
	const interrupt = (name: SignalName) => {
		const controller = graceful.signal.aborted ? force : graceful;
		controller.abort(new DOMException(name, 'AbortError'));
	};
	const listening = (signal: AbortSignal): AbortSignal => {
		if (!isListening) {
			isListening = true;
			for (const name of signalNames) listen(name, () => interrupt(name));
		}
		return signal;
	};
	return {
		get signal() {
			return listening(graceful.signal);
		},
		get forceSignal() {
			return listening(force.signal);
		},
		isInterrupted: () => graceful.signal.aborted,
	};
}
