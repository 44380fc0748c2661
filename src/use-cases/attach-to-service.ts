import type { Engine } from '../engine/engine.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Connection, Console, RawMode } from './console.ts';
import { keepSize } from './keep-size.ts';
import { findContainer, type WantedContainer } from './pick-container.ts';
import { relayStreams } from './relay-streams.ts';

export interface AttachRequest extends WantedContainer {
	/** The caller's input reaches the program, where the container takes any. */
	readonly input: boolean;
	readonly inputIsTerminal: boolean;
	/** A signal is passed on to the program; otherwise it ends the attachment alone. */
	readonly passSignals: boolean;
	/** Keys that leave the program running; ctrl-p ctrl-q by default. */
	readonly detachKeys?: Uint8Array | undefined;
	readonly signal: AbortSignal;
	/** Ends the attachment; the program goes on. */
	readonly forceSignal: AbortSignal;
	/** Says that the user left a container that goes on. */
	onDetach(containerName: string): void;
}

export type AttachEngine = Pick<
	Engine,
	'listContainers' | 'inspectContainer' | 'attachContainer' | 'waitContainer' | 'killContainer' | 'resizeContainer'
>;

/** Connects the caller to a running container's own program. Gives its exit status, 0 where the user left it. */
export async function attachToService(engine: AttachEngine, request: AttachRequest, console: Console): Promise<number> {
	const { id, name } = await findContainer(engine, request);
	const { tty, config } = await engine.inspectContainer(id);
	const connection = { tty, input: request.input && config['OpenStdin'] === true };
	if (tty && connection.input && !request.inputIsTerminal) throw inputNotTerminal();
	const over = new AbortController();
	let raw: RawMode | undefined;
	try {
		const stream = await engine.attachContainer(id, { tty, stdin: connection.input });
		const exit = engine.waitContainer(id, 'not-running', over.signal);
		exit.catch(() => undefined); // met when the output has ended
		raw = await rawModeFor(connection, console);
		if (tty) keepSize(console.terminal, (size) => engine.resizeContainer(id, size), over.signal);
		const leaving = listenToSignals(engine, { ...request, id }, over.signal);
		const signal = raw === undefined ? leaving : AbortSignal.any([leaving, raw.hungUp]);
		const end = await relayStreams(stream, console, { ...connection, signal, detachKeys: request.detachKeys });
		raw?.restore();
		if (end === 'detached') request.onDetach(name);
		return end === 'ended' ? (await exit).exitCode : 0;
	} finally {
		over.abort();
		raw?.restore();
	}
}

const rawModeFor = async ({ tty, input }: Connection, console: Console): Promise<RawMode | undefined> =>
	tty && input ? console.terminal.enterRawMode() : undefined;

const inputNotTerminal = (): LabcError =>
	new LabcError('TERMINAL_UNAVAILABLE', 'the container has a terminal, and the input is none', {
		hint: 'Pass `--no-stdin` to look only.',
	});

/** What ends the attachment: any signal, or the second one where the first is passed on. */
function listenToSignals(
	engine: Pick<Engine, 'killContainer'>,
	{ id, passSignals, signal, forceSignal }: AttachRequest & { readonly id: string },
	over: AbortSignal,
): AbortSignal {
	if (!passSignals) return signal;
	const pass = (): void => {
		const name = signal.reason instanceof Error ? signal.reason.message : '';
		const passed = name === 'SIGTERM' || name === 'SIGHUP' ? name : 'SIGINT';
		engine.killContainer(id, passed).catch(() => undefined); // one that has just ended needs no signal any more
	};
	if (signal.aborted) pass();
	else signal.addEventListener('abort', pass, { once: true, signal: over });
	return forceSignal;
}
