import { type ExecCalls, runExec } from '../execute/run-exec.ts';

/** What came of deleting. */
export type Deletion =
	| { readonly outcome: 'deleted' }
	/** What must be a folder on the way is a link or a file in the container: nothing was deleted. */
	| { readonly outcome: 'no folder' }
	/** The image has nothing that deletes. */
	| { readonly outcome: 'no rm' }
	| { readonly outcome: 'failed'; readonly reason: string };

export interface DeletionRequest {
	readonly paths: readonly string[];
	/** Deleted only where they are no folders. */
	readonly files: readonly string[];
	/** Folders on the way: none of them may be anything else. */
	readonly between: readonly string[];
	/** Where the container's own user may not. */
	readonly user?: string;
}

const noFolderStatus = 113;
/** A path has no two slashes in a row. */
const end = '//';
const script = [
	`while [ "$1" != ${end} ]; do if [ -L "$1" ] || { [ -e "$1" ] && [ ! -d "$1" ]; }; then exit ${noFolderStatus}; fi; shift; done; shift`,
	`while [ "$1" != ${end} ]; do if [ -L "$1" ] || [ ! -d "$1" ]; then rm -f -- "$1" || exit; fi; shift; done; shift`,
	'[ $# = 0 ] || exec rm -rf -- "$@"',
].join('; ');

/** Deletes paths in a running container with one command, folders with all that is in them. */
export async function deletePaths(engine: ExecCalls, id: string, request: DeletionRequest): Promise<Deletion> {
	const { between, files, user } = request;
	const [first = [], ...others] = chunksOf(request.paths);
	for (const [nth, paths] of [first, ...others].entries()) {
		const command = ['sh', '-c', script, 'sh', ...between, end, ...(nth === 0 ? files : []), end, ...paths];
		const deletion = await run(engine, id, { command, user });
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
	if (status === noFolderStatus) return { outcome: 'no folder' };
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
