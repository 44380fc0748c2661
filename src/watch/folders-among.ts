import { type ExecCalls, runExec } from '../execute/run-exec.ts';
import { chunksOf } from './delete-paths.ts';
import { isMissingProgram } from './missing-program.ts';

/** A path has no two slashes in a row, but it may have an end of line. */
const end = '//';
const script = `for each; do if [ -d "$each" ] && [ ! -L "$each" ]; then printf '%s${end}\\n' "$each"; fi; done`;

/** Those of the paths that are folders in a running container; none where the image has no shell. */
export async function foldersAmong(
	engine: ExecCalls,
	containerId: string,
	paths: readonly string[],
): Promise<ReadonlySet<string>> {
	const told: Uint8Array[] = [];
	for (const chunk of chunksOf(paths)) {
		const options = { command: ['sh', '-c', script, 'sh', ...chunk], tty: false, stdin: false, workingDir: '/' };
		await runExec(engine, { containerId, options }, ({ stream, bytes }) => {
			if (stream === 'stdout') told.push(bytes.slice());
		}).catch((error: unknown) => (isMissingProgram(error) ? undefined : Promise.reject(error)));
	}
	return new Set(Buffer.concat(told).toString().split(`${end}\n`).slice(0, -1));
}
