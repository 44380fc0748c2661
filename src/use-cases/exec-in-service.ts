import type { ExecOptions } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { Connection, Console } from './console.ts';
import { keepSize } from './keep-size.ts';
import { findContainer, type WantedContainer } from './pick-container.ts';
import { relayStreams } from './relay-streams.ts';
import { startError } from './start-error.ts';

export interface ExecRequest extends Connection, WantedContainer, Pick<ExecOptions, 'command' | 'user' | 'workingDir'> {
	readonly detach: boolean;
	readonly environment: readonly string[];
	readonly privileged: boolean;
	/** Leaves the command to itself. */
	readonly signal: AbortSignal;
	/** Says that the user left a command that goes on. */
	onDetach(containerName: string): void;
}

export type ExecEngine = Pick<
	Engine,
	'listContainers' | 'createExec' | 'startExec' | 'startDetachedExec' | 'inspectExec' | 'resizeExec'
>;

/** Runs a command in a service's running container. Gives the command's exit status, 0 for one left to itself. */
export async function execInService(engine: ExecEngine, request: ExecRequest, console: Console): Promise<number> {
	const container = await findContainer(engine, request);
	if (request.detach) {
		const { id } = await engine.createExec(container.id, execOptions(request));
		await engine.startDetachedExec(id).catch((error) => Promise.reject(startError(error)));
		return 0;
	}
	const raw = request.tty && request.input ? await console.terminal.enterRawMode() : undefined;
	const over = new AbortController();
	try {
		const options = { ...execOptions(request), ...(request.tty && { consoleSize: console.terminal.size() }) };
		const { id } = await engine.createExec(container.id, options);
		const stream = await engine.startExec(id, { tty: request.tty, stdin: request.input });
		if (request.tty) keepSize(console.terminal, (size) => engine.resizeExec(id, size), over.signal);
		const signal = raw === undefined ? request.signal : AbortSignal.any([request.signal, raw.hungUp]);
		const end = await relayStreams(stream, console, { ...request, signal });
		raw?.restore();
		if (end === 'detached') request.onDetach(container.name);
		return end === 'ended' ? await exitStatus(engine, id) : 0;
	} finally {
		over.abort();
		raw?.restore();
	}
}

const execOptions = ({
	command,
	tty,
	input,
	detach,
	environment,
	user,
	workingDir,
	privileged,
}: ExecRequest): ExecOptions => ({
	command,
	tty,
	stdin: input && !detach,
	detach,
	...(environment.length > 0 && { environment }),
	...(user !== undefined && { user }),
	...(workingDir !== undefined && { workingDir }),
	...(privileged && { privileged }),
});

/** The output may end a moment before the engine has noted the exit. */
async function exitStatus(engine: ExecEngine, id: string): Promise<number> {
	const { setTimeout: delay } = await import('node:timers/promises');
	for (let pauseMs = 5; pauseMs <= 640; pauseMs *= 2) {
		const { running, exitCode } = await engine.inspectExec(id);
		if (!running && exitCode !== undefined) return exitCode;
		await delay(pauseMs);
	}
	// The program closed its output and goes on without it.
	return 0;
}
