import { LabcError } from '../errors/labc-error.ts';
import { type ExecCalls, runExec } from '../execute/run-exec.ts';
import { isMissingProgram } from './missing-program.ts';

const missingStatus = 127;

/** Unpacks an archive with the `tar` of a running container. False where it has none. */
export async function unpackInContainer(
	engine: ExecCalls,
	containerId: string,
	archive: Iterable<Uint8Array>,
): Promise<boolean> {
	const told: Uint8Array[] = [];
	const command = ['tar', '-x', '-p', '-f', '-', '-C', '/'];
	const options = { command, tty: false, stdin: true, workingDir: '/' };
	const status = await runExec(engine, { containerId, options, input: archive }, ({ bytes }) => {
		told.push(bytes.slice());
	}).catch((error: unknown) => (isMissingProgram(error) ? missingStatus : Promise.reject(error)));
	if (status === missingStatus || status === 126) return false;
	if (status !== 0) {
		const words = Buffer.concat(told).toString().trim();
		throw new LabcError('ENGINE_REFUSED', words === '' ? `\`tar\` ended with status ${status}` : words);
	}
	return true;
}
