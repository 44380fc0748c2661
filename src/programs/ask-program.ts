import { findOnPath } from './find-plugin.ts';
import { runProgram } from './run-program.ts';

export interface ProgramAnswer {
	/** Undefined where it can't be started, did not answer in time, or a signal ended it. */
	readonly status: number | undefined;
	/** Lines of its output. */
	readonly out: readonly string[];
	/** Its output, or what it complains of. */
	readonly text: string;
}

/** What a program of the machine answers; undefined where the PATH has no such program. */
export async function askProgram(
	program: string,
	args: readonly string[],
	{
		env,
		signal,
		patience,
	}: {
		readonly env: Readonly<Record<string, string | undefined>>;
		readonly signal: AbortSignal;
		/** In milliseconds: a driver that hangs lets its tools hang, too. */
		readonly patience: number;
	},
): Promise<ProgramAnswer | undefined> {
	const file = await findOnPath(program, { env, homeDir: '' });
	if (file === undefined) return undefined;
	const late = AbortSignal.timeout(patience);
	const over = AbortSignal.any([signal, late]);
	const failed = (text: string): ProgramAnswer => ({ status: undefined, out: [], text });
	try {
		const { status, out, err } = await Promise.race([runProgram(file, args, { env, signal: over }), rejected(over)]);
		return { status, out, text: err === '' ? out.join('\n') : err };
	} catch (error) {
		if (signal.aborted) throw error;
		if (late.aborted) return failed(`it did not answer within ${patience / 1000} seconds`);
		return failed(`it can’t be started: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** One that waits for its driver inside of the kernel can't be ended: nobody shall wait for it, too. */
const rejected = (over: AbortSignal): Promise<never> =>
	new Promise((_, reject) => {
		over.addEventListener('abort', () => reject(over.reason), { once: true });
	});
