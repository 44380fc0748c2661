import { createHash } from 'node:crypto';
import { type ExecCalls, runExec } from '../execute/run-exec.ts';
import type { FileContent, TarEntry } from '../execute/tar-archive.ts';
import type { CopySource, Placed } from './decide.ts';
import { chunksOf } from './delete-paths.ts';
import type { Look } from './host-files.ts';
import type { HostView } from './host-view.ts';
import { ancestorsOf, type Layout } from './layout.ts';
import { isMissingProgram } from './missing-program.ts';
import { HostProblem } from './read-host-file.ts';

/** What a container says is at a path. */
export interface Found {
	readonly kind: Look['kind'];
	readonly mode: number;
	readonly size: number;
	/** Seconds since the epoch; a whole number where the program that told it knows no more. */
	readonly modified: number;
	/** As `modified`, but when the container got it. */
	readonly changed: number;
}

/** A path has no two slashes in a row, but it may have an end of line. */
const end = '//';
/** The command that asks for paths, and how its answer is read. What has no line is not there. */
const askForPaths = (paths: readonly string[]): readonly string[] => [
	...['stat', '-c', `%f %s %Y %Z %y|%z|%n${end}`, '--'],
	...paths,
];

export function readFound(text: string): ReadonlyMap<string, Found> {
	const found = new Map<string, Found>();
	for (const line of text.split(`${end}\n`)) {
		const [, mode = '', size, seconds = '', day = '', time = '', path] =
			/^([0-9a-f]+) (\d+) (-?\d+ -?\d+) ([^|]*)\|([^|]*)\|(.*)$/s.exec(line) ?? [];
		if (path === undefined) continue;
		const bits = Number.parseInt(mode, 16);
		const [modified, changed] = seconds.split(' ');
		const times = { modified: Number(modified) + fractionOf(day), changed: Number(changed) + fractionOf(time) };
		found.set(path, { kind: kindOf(bits), mode: bits & 0o7777, size: Number(size), ...times });
	}
	return found;
}

/** Of a time as people read it, the part below a second; 0 where a program leaves it out. */
const fractionOf = (time: string): number => Number(/\.\d+/.exec(time)?.[0] ?? 0);

const kinds: ReadonlyMap<number, Look['kind']> = new Map([
	[0o100000, 'file'],
	[0o040000, 'directory'],
	[0o120000, 'symlink'],
]);
const kindOf = (mode: number): Look['kind'] => kinds.get(mode & 0o170000) ?? 'other';

export type Verdict = 'same' | 'different' | 'look inside';

/** Where only the time differs, the content decides; with a link, where it leads. */
export function judge(host: Look | undefined, found: Found | undefined): Verdict {
	if (host?.kind === 'closed') return 'same';
	if (host === undefined || host.kind === 'other') return judgeGone(found);
	if (found === undefined || found.kind !== host.kind) return 'different';
	if (host.kind === 'symlink') return 'look inside';
	if (host.mode !== found.mode) return 'different';
	if (host.kind === 'directory') return 'same';
	if (host.size !== found.size) return 'different';
	return isOfTime(host.modified / 1000, found) ? 'same' : 'look inside';
}

/** Archives hold times so finely. */
const timeStep = 2e-6;
/** A system's clock for files may stand still for so long. */
const clockStep = 0.02;

/**
 * Whether the container has the file as it was at its last change, in seconds since the epoch: it came long enough after
 * it, as it may else have changed once more at the same time.
 */
function isOfTime(modified: number, found: Found): boolean {
	if (Math.abs(modified - found.modified) < timeStep) return found.changed - found.modified > clockStep;
	return Math.floor(modified) === found.modified && found.modified < Math.floor(found.changed);
}

/** A folder that the host has not stays where the container has something of its own in it. */
function judgeGone(found: Found | undefined): Verdict {
	if (found === undefined) return 'same';
	return found.kind === 'directory' ? 'look inside' : 'different';
}

export interface Comparison {
	/** Also what can't be compared. */
	readonly different: readonly string[];
	/** The program that the image has not, but for which more could be compared. */
	readonly lacks: string | undefined;
}

export interface ComparisonRequest {
	readonly entries: ReadonlyMap<string, CopySource>;
	readonly host: HostView;
	readonly layout: Layout;
}

/** The paths of a running container that are not as on the host. All of them where the image can't be asked. */
export async function comparePaths(
	engine: ExecCalls,
	containerId: string,
	{ entries, host, layout }: ComparisonRequest,
): Promise<Comparison> {
	const found = new Map<string, Found>();
	for (const paths of chunksOf([...entries.keys()])) {
		const text = await ask(engine, containerId, askForPaths(paths));
		if (text === undefined) return { different: [...entries.keys()], lacks: 'stat' };
		for (const [path, each] of readFound(text)) found.set(path, each);
	}
	const judged = [...entries].map(([target, source]) => judgePlaced({ target, source }, { host, layout }, found));
	const different = judged.flatMap(({ target, verdict }) => (verdict === 'different' ? [target] : []));
	const inside = judged.filter(({ verdict }) => verdict === 'look inside');
	const contents = await compareContents(engine, containerId, {
		inside: inside.flatMap(({ there }) => there ?? []),
		host,
	});
	const folders = inside.flatMap(({ target, there }) => (there === undefined ? [target] : []));
	const goneFiles = judged.flatMap(({ target, there, verdict }) =>
		verdict === 'different' && there === undefined ? [target] : [],
	);
	const emptied = await foldersToEmpty(engine, containerId, { folders, goneFiles });
	return { different: [...different, ...contents.different, ...emptied], lacks: contents.lacks };
}

interface Judged {
	readonly target: string;
	/** What is to be there; undefined where nothing is. */
	readonly there: Placed | undefined;
	readonly verdict: Verdict;
}

/** What is in a rule's target beside what was copied is the container's. */
function judgePlaced(
	placed: Placed,
	{ host, layout }: Pick<ComparisonRequest, 'host' | 'layout'>,
	found: ReadonlyMap<string, Found>,
): Judged {
	const { target } = placed;
	const there = layout.at(placed);
	const inContainer = found.get(target);
	if (there === undefined && inContainer?.kind === 'directory' && layout.isTarget(placed)) {
		return { target, there, verdict: 'same' };
	}
	const look = there && host.look(there.source.hostPath, there.source.rule.root);
	return { target, there, verdict: judge(look, inContainer) };
}

interface Emptying {
	/** Folders of the container that the host has not. */
	readonly folders: readonly string[];
	/** Files of the container that the host has not. */
	readonly goneFiles: readonly string[];
}

/** Those of the folders that are empty, or may be when the files are gone. */
async function foldersToEmpty(
	engine: ExecCalls,
	containerId: string,
	{ folders, goneFiles }: Emptying,
): Promise<readonly string[]> {
	const going = new Set(goneFiles.flatMap(ancestorsOf));
	for (const paths of chunksOf(folders)) {
		const text = await ask(engine, containerId, ['sh', '-c', tellEmpty, 'sh', ...paths]);
		for (const each of (text ?? '').split(`${end}\n`)) for (const one of [each, ...ancestorsOf(each)]) going.add(one);
	}
	return folders.filter((folder) => going.has(folder));
}

const tellEmpty = `for each; do if [ -z "$(ls -A -- "$each" 2>&1)" ]; then printf '%s${end}\\n' "$each"; fi; done`;

async function compareContents(
	engine: ExecCalls,
	containerId: string,
	{ inside, host }: { readonly inside: readonly Placed[]; readonly host: HostView },
): Promise<Comparison> {
	const answers: string[] = [];
	let lacks: string | undefined;
	const targets = (kind: Look['kind']): readonly string[] =>
		inside
			.filter(({ source: { hostPath, rule } }) => host.look(hostPath, rule.root)?.kind === kind)
			.map(({ target }) => target);
	for (const [kind, command] of contentCommands) {
		for (const paths of chunksOf(targets(kind))) {
			const text = await ask(engine, containerId, [...command, ...paths]);
			if (text === undefined) lacks ??= command[0];
			else answers.push(text);
		}
	}
	const isTold = lineFinder(answers);
	const isSame = (placed: Placed): boolean => contentLines(placed, host).some(isTold);
	return { different: inside.filter((placed) => !isSame(placed)).map(({ target }) => target), lacks };
}

/** Whether a line is in one of the texts, also one that has ends of lines in it. */
function lineFinder(texts: readonly string[]): (line: string) => boolean {
	const lines = new Set(texts.flatMap((text) => text.split('\n')));
	return (line) => (line.includes('\n') ? texts.some((text) => `\n${text}`.includes(`\n${line}\n`)) : lines.has(line));
}

/** Both print a line for each path: what is in it, two spaces, the path. */
const contentCommands: readonly (readonly [Look['kind'], readonly string[]])[] = [
	['file', ['sha256sum', '--']],
	['symlink', ['sh', '-c', `for each; do printf '%s  %s\\n' "$(readlink "$each")" "$each"; done`, 'sh']],
];

/** What may be told of a path that is as on the host: some programs write a line with a backslash for an odd name. */
function contentLines(placed: Placed, host: HostView): readonly string[] {
	const { target } = placed;
	const entry = readOrGone(placed, host);
	if (entry?.kind === 'symlink') return [`${entry.link}  ${target}`];
	if (entry?.kind !== 'file') return [];
	const digest = digestOf(entry.content);
	if (digest === undefined) return [];
	const escaped = target.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
	return [`${digest}  ${target}`, `\\${digest}  ${escaped}`];
}

/** Undefined where the file changes meanwhile. */
function digestOf(content: Uint8Array | FileContent): string | undefined {
	const hash = createHash('sha256');
	try {
		for (const piece of content instanceof Uint8Array ? [content] : content.pieces()) hash.update(piece);
	} catch (error) {
		if (error instanceof HostProblem) return undefined;
		throw error;
	}
	return hash.digest('hex');
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
	// The folder that the service works in may have gone.
	const options = { command, tty: false, stdin: false, workingDir: '/' };
	const status = await runExec(engine, { containerId, options }, ({ stream, bytes }) => {
		if (stream === 'stdout') told.push(bytes.slice());
	}).catch((error: unknown) => (isMissingProgram(error) ? 127 : Promise.reject(error)));
	return status === 126 || status === 127 ? undefined : Buffer.concat(told).toString();
}
