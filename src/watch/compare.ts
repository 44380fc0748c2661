import { createHash } from 'node:crypto';
import { type ExecCalls, runExec } from '../execute/run-exec.ts';
import type { TarEntry } from '../execute/tar-archive.ts';
import type { CopySource, Placed } from './decide.ts';
import { chunksOf } from './delete-paths.ts';
import type { Look } from './host-files.ts';
import type { HostView } from './host-view.ts';
import { HostProblem } from './read-host-file.ts';

/** What a container says is at a path. */
export interface Found {
	readonly kind: Look['kind'];
	readonly mode: number;
	readonly size: number;
	/** Seconds since the epoch. */
	readonly modified: number;
	/** When the container got it: seconds since the epoch. */
	readonly changed: number;
}

/** The command that asks for paths, and how its answer is read. What has no line is not there. */
const askForPaths = (paths: readonly string[]): readonly string[] => ['stat', '-c', '%f %s %Y %Z %n', '--', ...paths];

export function readFound(text: string): ReadonlyMap<string, Found> {
	const found = new Map<string, Found>();
	for (const line of text.split('\n')) {
		const [, mode = '', size, modified, changed, path] = /^([0-9a-f]+) (\d+) (-?\d+) (-?\d+) (.*)$/.exec(line) ?? [];
		if (path === undefined) continue;
		const bits = Number.parseInt(mode, 16);
		const times = { modified: Number(modified), changed: Number(changed) };
		found.set(path, { kind: kindOf(bits), mode: bits & 0o7777, size: Number(size), ...times });
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

/**
 * Where only the time differs, the content decides; with a link, where it leads. So it does where the file came into the
 * container within the second of its change: it may have changed once more in that second.
 */
export function judge(host: Look | undefined, found: Found | undefined): Verdict {
	if (host === undefined || host.kind === 'other') return found === undefined ? 'same' : 'different';
	if (found === undefined || found.kind !== host.kind) return 'different';
	if (host.kind === 'symlink') return 'look inside';
	if (host.mode !== found.mode) return 'different';
	if (host.kind === 'directory') return 'same';
	if (host.size !== found.size) return 'different';
	const modified = Math.floor(host.modified / 1000);
	return modified === found.modified && modified < found.changed ? 'same' : 'look inside';
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
	const judged = [...entries].map(([target, source]) => {
		const placed = { target, source };
		return { placed, verdict: judgePlaced(placed, host, found.get(target)) };
	});
	const inside = judged.flatMap(({ placed, verdict }) => (verdict === 'look inside' ? [placed] : []));
	return [
		...judged.flatMap(({ placed, verdict }) => (verdict === 'different' ? [placed.target] : [])),
		...(await compareContents(engine, containerId, { inside, host })),
	];
}

/** What is in a rule's target beside what was copied is the container's. */
function judgePlaced({ source: { hostPath, rule } }: Placed, host: HostView, found: Found | undefined): Verdict {
	const look = host.look(hostPath, rule.root);
	if (look === undefined && hostPath === rule.root && found?.kind === 'directory') return 'same';
	return judge(look, found);
}

async function compareContents(
	engine: ExecCalls,
	containerId: string,
	{ inside, host }: { readonly inside: readonly Placed[]; readonly host: HostView },
): Promise<readonly string[]> {
	const told = new Set<string>();
	const targets = (kind: Look['kind']): readonly string[] =>
		inside
			.filter(({ source: { hostPath, rule } }) => host.look(hostPath, rule.root)?.kind === kind)
			.map(({ target }) => target);
	for (const [kind, command] of contentCommands) {
		for (const paths of chunksOf(targets(kind))) {
			const text = (await ask(engine, containerId, [...command, ...paths])) ?? '';
			for (const line of text.split('\n')) told.add(line);
		}
	}
	const isSame = (placed: Placed): boolean => {
		const line = contentLine(placed, host);
		return line !== undefined && told.has(line);
	};
	return inside.filter((placed) => !isSame(placed)).map(({ target }) => target);
}

/** Both print a line for each path: what is in it, two spaces, the path. */
const contentCommands: readonly (readonly [Look['kind'], readonly string[]])[] = [
	['file', ['sha256sum', '--']],
	['symlink', ['sh', '-c', `for each; do printf '%s  %s\\n' "$(readlink "$each")" "$each"; done`, 'sh']],
];

function contentLine(placed: Placed, host: HostView): string | undefined {
	const entry = readOrGone(placed, host);
	if (entry?.kind === 'symlink') return `${entry.link}  ${placed.target}`;
	if (entry?.kind !== 'file') return undefined;
	return `${createHash('sha256').update(entry.content).digest('hex')}  ${placed.target}`;
}

/** What can't be read is told by what copies it. */
function readOrGone(placed: Placed, host: HostView): TarEntry | undefined {
	try {
		return host.read(placed);
	} catch (error) {
		if (error instanceof HostProblem) return undefined;
		throw error;
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
