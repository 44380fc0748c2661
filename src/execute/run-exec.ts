import type { ExecOptions } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import type { DuplexStream, OutputFrame, OutputFrames } from '../engine/streams.ts';

/** A command may leave a program behind that keeps its output open: how often its end is asked for. */
const lookEveryMs = 1000;

export type ExecCalls = Pick<Engine, 'createExec' | 'startExec' | 'inspectExec'>;

interface Execution {
	readonly containerId: string;
	readonly options: ExecOptions;
	/** What the command reads. It is not read further where the command has ended. */
	readonly input?: Iterable<Uint8Array>;
}

/** Runs a command in a container to its end; gives its exit status. Throws what is thrown instead of a piece of input. */
export async function runExec(
	engine: ExecCalls,
	{ containerId, options, input }: Execution,
	onOutput: (frame: OutputFrame) => void,
): Promise<number> {
	const { id } = await engine.createExec(containerId, options);
	const stream = await engine.startExec(id, { tty: false, stdin: input !== undefined });
	const output = read(stream.output, onOutput);
	// Met by those who wait for it; one that is closed may break off.
	output.catch(() => undefined);
	const feeding = input === undefined ? undefined : feed(stream, input);
	let broken: { readonly error: unknown } | undefined;
	feeding?.catch((error: unknown) => {
		broken = { error };
		stream.close();
	});
	try {
		const status = await exitCodeOf(id, output, engine);
		if (status === 0) await feeding;
		if (broken !== undefined) throw broken.error;
		return status;
	} finally {
		stream.close();
	}
}

async function feed(stream: Pick<DuplexStream, 'write' | 'endInput'>, input: Iterable<Uint8Array>): Promise<void> {
	for (const piece of input) await stream.write(piece);
	stream.endInput();
}

async function read(output: OutputFrames, onOutput: (frame: OutputFrame) => void): Promise<void> {
	for await (const frame of output) onOutput(frame);
}

/** The output may end a moment before the engine has noted the exit, and long after it. */
async function exitCodeOf(execId: string, output: Promise<void>, engine: Pick<Engine, 'inspectExec'>): Promise<number> {
	for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, lookEveryMs)) {
		await soonest(output, lookEveryMs);
		const { running, exitCode } = await engine.inspectExec(execId);
		if (!running && exitCode !== undefined) return exitCode;
		await delay(pauseMs);
	}
}

async function soonest(work: Promise<void>, ms: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, ms);
	});
	await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
