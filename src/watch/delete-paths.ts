import path from 'node:path';
import { type ExecCalls, runExec } from '../execute/run-exec.ts';
import { isMissingProgram } from './missing-program.ts';

/** What came of deleting. */
export type Deletion =
	| { readonly outcome: 'deleted' }
	/** These must be folders on the way, and are links or files in the container: nobody knows what was deleted. */
	| { readonly outcome: 'no folder'; readonly others: ReadonlySet<string> }
	/** The image has nothing that deletes. */
	| { readonly outcome: 'no rm' }
	| { readonly outcome: 'failed'; readonly reason: string };

export interface DeletionRequest {
	readonly paths: readonly string[];
	/** Deleted only where they are no folders. */
	readonly files: readonly string[];
	/** Deleted after all else, and only where they are empty folders. */
	readonly folders: readonly string[];
	/** Folders on the way: none of them may be anything else. */
	readonly between: readonly string[];
	/** Where the container's own user may not. */
	readonly user?: string;
}

const noFolderStatus = 113;
/** A path has no two slashes in a row. */
const end = '//';
/**
 * What goes is named by its place among the arguments and given to one program: one for each path would take far longer.
 * A function is left by `exit`, too.
 */
const script = `
is_folder() { [ -d "$1" ] && [ ! -L "$1" ]; }
is_other() { [ -L "$1" ] || { [ -e "$1" ] && [ ! -d "$1" ]; }; }
remove_empty() {
	rmdir -- "$@" 2>/dev/null && return
	for each; do
		if is_folder "$each" && [ -z "$(ls -A -- "$each" 2>&1)" ]; then rmdir -- "$each" || exit; fi
	done
}
list=0 nth=0 stop= files= folders= paths=
for each; do
	nth=$((nth + 1))
	case $list$each in
		*${end}) list=$((list + 1));;
		0*) if is_other "$each"; then printf '%s${end}\\n' "$each"; stop=1; fi;;
		1*) if is_other "$each"; then files="$files \\"\\\${$nth}\\""; fi;;
		2*) if is_folder "$each"; then folders="$folders \\"\\\${$nth}\\""; fi;;
		*) paths="$paths \\"\\\${$nth}\\"";;
	esac
done
[ -z "$stop" ] || exit ${noFolderStatus}
[ -z "$files" ] || eval "rm -f -- $files" || exit
[ -z "$paths" ] || eval "rm -rf -- $paths" || exit
[ -z "$folders" ] || eval "remove_empty $folders"
`;

/** Deletes paths in a running container with as few commands as will do, folders with all that is in them. */
export async function deletePaths(engine: ExecCalls, id: string, request: DeletionRequest): Promise<Deletion> {
	const others = new Set<string>();
	for (const { between, files, folders, paths } of partsOf(request)) {
		const command = ['sh', '-c', script, 'sh', ...between, end, ...files, end, ...folders, end, ...paths];
		const deletion = await run(engine, id, { command, user: request.user });
		if (deletion.outcome === 'no folder') for (const each of deletion.others) others.add(each);
		else if (deletion.outcome !== 'deleted') return deletion;
	}
	return others.size === 0 ? { outcome: 'deleted' } : { outcome: 'no folder', others };
}

/** What one command takes: each path with the folders on the way to it. */
interface Part {
	readonly between: Set<string>;
	readonly files: string[];
	readonly folders: string[];
	readonly paths: string[];
	length: number;
}

const newPart = (): Part => ({ between: new Set(), files: [], folders: [], paths: [], length: 0 });

/** What goes with all that is in it may be the last in a folder. */
function* partsOf({ between, files, folders, paths }: DeletionRequest): Iterable<Part> {
	const known = new Set(between);
	let part = newPart();
	for (const [kind, target] of [
		...files.map((file) => ['files', file] as const),
		...paths.map((each) => ['paths', each] as const),
		...folders.map((folder) => ['folders', folder] as const),
	]) {
		const above = foldersAbove(target, known);
		const length = lengthOf([target, ...above.filter((folder) => !part.between.has(folder))]);
		if (part.length > 0 && part.length + length > longestCommand) {
			yield part;
			part = newPart();
		}
		part.length += lengthOf([target, ...above.filter((folder) => !part.between.has(folder))]);
		for (const folder of above) part.between.add(folder);
		part[kind].push(target);
	}
	if (part.length > 0) yield part;
}

/** Those of the folders that a path is in. */
function foldersAbove(target: string, known: ReadonlySet<string>): readonly string[] {
	const found: string[] = [];
	for (let above = path.posix.dirname(target); above.length > 1; above = path.posix.dirname(above)) {
		if (known.has(above)) found.push(above);
	}
	return found;
}

const lengthOf = (words: readonly string[]): number =>
	words.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);

interface Command {
	readonly command: readonly string[];
	readonly user: string | undefined;
}

async function run(engine: ExecCalls, containerId: string, { command, user }: Command): Promise<Deletion> {
	const told: Uint8Array[] = [];
	// The folder that the service works in may have gone.
	const options = { command, tty: false, stdin: false, workingDir: '/', ...(user !== undefined && { user }) };
	const status = await runExec(engine, { containerId, options }, ({ bytes }) => void told.push(bytes.slice())).catch(
		(error: unknown) => (isMissingProgram(error) ? missingStatus : Promise.reject(error)),
	);
	if (status === 0) return { outcome: 'deleted' };
	const text = Buffer.concat(told).toString();
	if (status === noFolderStatus) return { outcome: 'no folder', others: new Set(text.split(`${end}\n`).slice(0, -1)) };
	if (status === missingStatus || status === 126) return { outcome: 'no rm' };
	return { outcome: 'failed', reason: text.trim() };
}

const missingStatus = 127;

/** A system takes so much on a command line; less is asked for. */
const longestCommand = 96 * 1024;

export function* chunksOf(paths: readonly string[]): Iterable<readonly string[]> {
	let chunk: string[] = [];
	let length = 0;
	for (const each of paths) {
		const added = lengthOf([each]);
		if (chunk.length > 0 && length + added > longestCommand) {
			yield chunk;
			chunk = [];
			length = 0;
		}
		chunk.push(each);
		length += added;
	}
	if (chunk.length > 0) yield chunk;
}
