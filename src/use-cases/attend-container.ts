import type { Engine } from '../engine/engine.ts';
import type { DuplexStream } from '../engine/streams.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Connection, Console, RawMode } from './console.ts';
import { keepSize } from './keep-size.ts';
import { type RelayEnd, relayStreams } from './relay-streams.ts';
import { startError } from './start-error.ts';

export interface AttendRequest extends Connection {
	readonly id: string;
	readonly name: string;
	/** The engine removes the container when it ends. */
	readonly autoRemove: boolean;
	/** Its first abort is passed on to the program; the program decides when it ends. */
	readonly signal: AbortSignal;
	/** Kills the program. */
	readonly forceSignal: AbortSignal;
	/** What is done once the container runs, beside it; its failure is told when the program has ended. */
	onStarted?(): Promise<void>;
	/** Says that the user left a container that goes on. */
	onDetach(containerName: string): void;
}

export type AttendEngine = Pick<
	Engine,
	| 'attachContainer'
	| 'waitContainer'
	| 'startContainer'
	| 'stopContainer'
	| 'killContainer'
	| 'resizeContainer'
	| 'removeContainer'
>;

/**
 * Starts a container that was just made and stays with it to its end. It is connected before it starts, so that
 * nothing it says is lost. Gives its exit status, 0 where the user left it or closed its output.
 */
export async function attendContainer(engine: AttendEngine, request: AttendRequest, console: Console): Promise<number> {
	const over = new AbortController();
	let raw: RawMode | undefined;
	try {
		const stream = await orRemove(engine, request, async () => {
			if (request.tty && request.input) raw = await console.terminal.enterRawMode();
			return engine.attachContainer(request.id, { tty: request.tty, stdin: request.input });
		});
		const exit = waitForExit(engine, request, over.signal);
		await startOrClose(engine, request, stream);
		const beside = request.onStarted?.();
		beside?.catch(() => undefined); // met when the program has ended
		passSignals(engine, request, over.signal);
		if (request.tty) keepSize(console.terminal, (size) => engine.resizeContainer(request.id, size), over.signal);
		const hungUp = raw?.hungUp ?? neverAborted;
		const end = await relayStreams(stream, console, { ...request, signal: hungUp }).catch((error) =>
			hungUp.aborted ? leaveAfterHangUp(engine, request) : Promise.reject(error),
		);
		raw?.restore();
		const status = await statusAfter(end, exit, { engine, request });
		await beside;
		return status;
	} finally {
		over.abort();
		raw?.restore();
	}
}

/** Starts a container and leaves it alone. */
export const startDetached = (engine: AttendEngine, request: Pick<AttendRequest, 'id' | 'autoRemove'>): Promise<void> =>
	orRemove(engine, request, () =>
		engine.startContainer(request.id).catch((error) => Promise.reject(startError(error))),
	);

/** What never ran is not kept where the user wants nothing kept; the engine may have been quicker. */
async function orRemove<T>(
	engine: Pick<Engine, 'removeContainer'>,
	{ id, autoRemove }: Pick<AttendRequest, 'id' | 'autoRemove'>,
	attempt: () => Promise<T>,
): Promise<T> {
	try {
		return await attempt();
	} catch (error) {
		if (autoRemove) await engine.removeContainer(id, { force: true, volumes: true }).catch(() => undefined);
		throw error;
	}
}

async function startOrClose(engine: AttendEngine, request: AttendRequest, stream: DuplexStream): Promise<void> {
	try {
		await orRemove(engine, request, async () => {
			if (request.signal.aborted) throw new LabcError('INTERRUPTED', 'interrupted');
			await engine.startContainer(request.id);
		});
	} catch (error) {
		stream.close();
		throw startError(error);
	}
}

/** Asked for before the start: a container that ends at once and is removed can't be asked later. */
function waitForExit(engine: AttendEngine, { id, autoRemove }: AttendRequest, signal: AbortSignal): Promise<number> {
	const exit = engine.waitContainer(id, autoRemove ? 'removed' : 'next-exit', signal).then(({ exitCode }) => exitCode);
	// Met when the output has ended; until then the start may fail, which says more.
	exit.catch(() => undefined);
	return exit;
}

/** The program is told; one that goes on all the same is meant to outlive the terminal. */
async function leaveAfterHangUp(engine: AttendEngine, { id }: AttendRequest): Promise<never> {
	await engine.killContainer(id, 'SIGHUP').catch(() => undefined);
	throw new LabcError('INTERRUPTED', 'the terminal was closed');
}

interface Attended {
	readonly engine: AttendEngine;
	readonly request: AttendRequest;
}

async function statusAfter(end: RelayEnd, exit: Promise<number>, { engine, request }: Attended): Promise<number> {
	if (end === 'detached') {
		request.onDetach(request.name);
		return 0;
	}
	if (end === 'unread') {
		await engine.stopContainer(request.id).catch(() => undefined);
		await exit.catch(() => undefined);
		return 0;
	}
	return exit;
}

function passSignals(engine: AttendEngine, { id, signal, forceSignal }: AttendRequest, over: AbortSignal): void {
	// A container that has just ended needs no signal any more.
	const kill = (name: string): void => void engine.killContainer(id, name).catch(() => undefined);
	const pass = (): void => {
		const name = signal.reason instanceof Error ? signal.reason.message : '';
		kill(name === 'SIGTERM' || name === 'SIGHUP' ? name : 'SIGINT');
	};
	const force = (): void => kill('SIGKILL');
	if (signal.aborted) pass();
	else signal.addEventListener('abort', pass, { once: true, signal: over });
	forceSignal.addEventListener('abort', force, { once: true, signal: over });
}

const neverAborted = new AbortController().signal;
