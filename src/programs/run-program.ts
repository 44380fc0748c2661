import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramRun {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
	/** Called with each line of its output; throwing ends the program. */
	onLine?(line: string): void;
}

export interface ProgramEnd {
	/** Undefined where a signal ended it. */
	readonly status: number | undefined;
	readonly out: readonly string[];
	readonly err: string;
}

/** Runs a program to its end. Rejects where it can't be started or was interrupted. */
export async function runProgram(file: string, args: readonly string[], run: ProgramRun): Promise<ProgramEnd> {
	const child = spawn(file, args, { env: { ...run.env }, stdio: ['ignore', 'pipe', 'pipe'], signal: run.signal });
	const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
	ended.catch(() => undefined); // met below, after its output
	const err: Uint8Array[] = [];
	child.stderr.on('data', (chunk: Uint8Array) => err.push(chunk));
	const out: string[] = [];
	try {
		for await (const line of createInterface({ input: child.stdout })) {
			out.push(line);
			run.onLine?.(line);
		}
	} catch (error) {
		child.kill('SIGKILL');
		throw error;
	}
	const status = await ended;
	return { status: status ?? undefined, out, err: Buffer.concat(err).toString().trim() };
}
