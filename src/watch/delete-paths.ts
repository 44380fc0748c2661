import { type ExecCalls, runExec } from '../execute/run-exec.ts';

/** What came of deleting. */
export type Deletion =
	| { readonly outcome: 'deleted' }
	/** A folder on the way is a link in the container: nothing was deleted. */
	| { readonly outcome: 'link in the way' }
	/** The image has nothing that deletes. */
	| { readonly outcome: 'no rm' }
	| { readonly outcome: 'failed'; readonly reason: string };

export interface DeletionRequest {
	readonly paths: readonly string[];
	/** Folders of which none may be a link. */
	readonly between: readonly string[];
	/** Where the container's own user may not. */
	readonly user?: string;
}

const linkStatus = 113;
/** A path has no two slashes in a row. */
const endOfFolders = '//';
const script = [
	`while [ "$1" != ${endOfFolders} ]; do [ -L "$1" ] && exit ${linkStatus}; shift; done`,
	'shift',
	'exec rm -rf -- "$@"',
].join('; ');

/** Deletes paths in a running container with one command, folders with all that is in them. */
export async function deletePaths(engine: ExecCalls, id: string, request: DeletionRequest): Promise<Deletion> {
	for (const paths of chunksOf(request.paths)) {
		const command = ['sh', '-c', script, 'sh', ...request.between, endOfFolders, ...paths];
		const deletion = await run(engine, id, { command, user: request.user });
		if (deletion.outcome !== 'deleted') return deletion;
	}
	return { outcome: 'deleted' };
}

interface Command {
	readonly command: readonly string[];
	readonly user: string | undefined;
}

async function run(engine: ExecCalls, containerId: string, { command, user }: Command): Promise<Deletion> {
	const told: Uint8Array[] = [];
	const options = { command, tty: false, stdin: false, ...(user !== undefined && { user }) };
	const status = await runExec(engine, { containerId, options }, ({ bytes }) => void told.push(bytes.slice())).catch(
		(error: unknown) => (isMissingProgram(error) ? missingStatus : Promise.reject(error)),
	);
	if (status === 0) return { outcome: 'deleted' };
	if (status === linkStatus) return { outcome: 'link in the way' };
	if (status === missingStatus || status === 126) return { outcome: 'no rm' };
	return { outcome: 'failed', reason: Buffer.concat(told).toString().trim() };
}

const missingStatus = 127;

const isMissingProgram = (error: unknown): boolean =>
	error instanceof Error && /executable file not found|no such file or directory/.test(error.message);

/** A system takes so much on a command line; less is asked for. */
const longestCommand = 96 * 1024;

export function* chunksOf(paths: readonly string[]): Iterable<readonly string[]> {
	let chunk: string[] = [];
	let length = 0;
	for (const path of paths) {
		if (length + path.length > longestCommand) {
			yield chunk;
			chunk = [];
			length = 0;
		}
		chunk.push(path);
		length += Buffer.byteLength(path) + 1;
	}
	if (chunk.length > 0) yield chunk;
}
