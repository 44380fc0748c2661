import { findOnPath } from '../programs/find-plugin.ts';
import { runProgram } from '../programs/run-program.ts';

/** A driver that hangs lets its tools hang, too: they get this long. */
const patienceMs = 10_000;

export interface ProgramAnswer {
	/** Its output, or what it complains of. */
	readonly text: string;
}

/** Undefined where the PATH has no such program. */
export async function askProgram(
	program: string,
	args: readonly string[],
	{ env, signal }: { readonly env: Readonly<Record<string, string | undefined>>; readonly signal: AbortSignal },
): Promise<ProgramAnswer | undefined> {
	const file = await findOnPath(program, { env, homeDir: '' });
	if (file === undefined) return undefined;
	const late = AbortSignal.timeout(patienceMs);
	try {
		const { out, err } = await runProgram(file, args, { env, signal: AbortSignal.any([signal, late]) });
		return { text: err === '' ? out.join('\n') : err };
	} catch (error) {
		if (late.aborted) return { text: `it did not answer within ${patienceMs / 1000} seconds` };
		if (signal.aborted) throw error;
		return { text: `it can’t be started: ${error instanceof Error ? error.message : String(error)}` };
	}
}
