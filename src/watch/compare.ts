import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ExecCalls, runExec } from '../execute/run-exec.ts';
import type { CopySource } from './decide.ts';
import { chunksOf } from './delete-paths.ts';
import type { Look } from './host-files.ts';
import type { HostView } from './host-view.ts';

/** What a container says is at a path. */
export interface Found {
	readonly kind: Look['kind'];
	readonly mode: number;
	readonly size: number;
	/** Seconds since the epoch. */
	readonly modified: number;
}

/** The command that asks for paths, and how its answer is read. What has no line is not there. */
const askForPaths = (paths: readonly string[]): readonly string[] => ['stat', '-c', '%f %s %Y %n', '--', ...paths];

export function readFound(text: string): ReadonlyMap<string, Found> {
	const found = new Map<string, Found>();
	for (const line of text.split('\n')) {
		const [, mode = '', size = '', modified = '', path] = /^([0-9a-f]+) (\d+) (-?\d+) (.*)$/.exec(line) ?? [];
		if (path === undefined) continue;
		const bits = Number.parseInt(mode, 16);
		found.set(path, { kind: kindOf(bits), mode: bits & 0o7777, size: Number(size), modified: Number(modified) });
	}
	return found;
}

const kinds: ReadonlyMap<number, Look['kind']> = new Map([
	[0o100000, 'file'],
	[0o040000, 'directory'],
	[0o120000, 'symlink'],
]);
const kindOf = (mode: number): Look['kind'] => kinds.get(mode & 0o170000) ?? 'other';

export type Verdict = 'same' | 'different' | 'look inside';

/** Where only the time differs, the content decides. What a link says is not asked for: it is copied again. */
export function judge(host: Look | undefined, found: Found | undefined): Verdict {
	if (host === undefined || host.kind === 'other') return found === undefined ? 'same' : 'different';
	if (found === undefined || found.kind !== host.kind || host.kind === 'symlink') return 'different';
	if (host.mode !== found.mode) return 'different';
	if (host.kind === 'directory') return 'same';
	if (host.size !== found.size) return 'different';
	return Math.floor(host.modified / 1000) === found.modified ? 'same' : 'look inside';
}

/** The paths of a running container that are not as on the host. All of them where the image can't be asked. */
export async function comparePaths(
	engine: ExecCalls,
	containerId: string,
	{ entries, host }: { readonly entries: ReadonlyMap<string, CopySource>; readonly host: HostView },
): Promise<readonly string[]> {
	const found = new Map<string, Found>();
	for (const paths of chunksOf([...entries.keys()])) {
		const text = await ask(engine, containerId, askForPaths(paths));
		if (text === undefined) return [...entries.keys()];
		for (const [path, each] of readFound(text)) found.set(path, each);
	}
	const different: string[] = [];
	const inside: [string, string][] = [];
	for (const [target, { hostPath, rule }] of entries) {
		const verdict = judge(host.look(hostPath, rule.root), found.get(target));
		if (verdict === 'different') different.push(target);
		if (verdict === 'look inside') inside.push([target, hostPath]);
	}
	return [...different, ...(await compareContents(engine, containerId, inside))];
}

async function compareContents(
	engine: ExecCalls,
	containerId: string,
	files: readonly (readonly [target: string, hostPath: string])[],
): Promise<readonly string[]> {
	const digests = new Set<string>();
	for (const paths of chunksOf(files.map(([target]) => target))) {
		const text = (await ask(engine, containerId, ['sha256sum', '--', ...paths])) ?? '';
		for (const line of text.split('\n')) digests.add(line);
	}
	return files
		.filter(([target, hostPath]) => !digests.has(`${digestOf(hostPath)}  ${target}`))
		.map(([target]) => target);
}

function digestOf(hostPath: string): string | undefined {
	try {
		return createHash('sha256').update(readFileSync(hostPath)).digest('hex');
	} catch {
		return undefined; // gone, or not to be read: what copies it will tell
	}
}

/** What a command prints; undefined where the image has no such command. That some paths are missing is an answer. */
async function ask(engine: ExecCalls, containerId: string, command: readonly string[]): Promise<string | undefined> {
	const told: Uint8Array[] = [];
	const options = { command, tty: false, stdin: false };
	const status = await runExec(engine, { containerId, options }, ({ stream, bytes }) => {
		if (stream === 'stdout') told.push(bytes.slice());
	}).catch((error: unknown) => (isMissing(error) ? 127 : Promise.reject(error)));
	return status === 126 || status === 127 ? undefined : Buffer.concat(told).toString();
}

const isMissing = (error: unknown): boolean =>
	error instanceof Error && /executable file not found|no such file or directory/.test(error.message);
