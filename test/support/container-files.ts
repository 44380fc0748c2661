import { createHash } from 'node:crypto';
import path from 'node:path';
import { LabcError } from '../../src/errors/labc-error.ts';
import type { TransferEngine } from '../../src/watch/transfer.ts';

export type Node =
	| { kind: 'file'; mode: number; content: string; modified: number; changed: number }
	| { kind: 'directory'; mode: number }
	| { kind: 'symlink'; link: string };

/** The files of a container in memory, and as much of an engine as copying needs. A path is absolute. */
export interface ContainerFiles {
	readonly nodes: Map<string, Node>;
	/** What the next calls are refused with, one each. */
	readonly refusals: LabcError[];
	readonly execs: (readonly string[])[];
	archives: number;
	/** Programs that the image lacks. */
	readonly missing: Set<string>;
	/** Seconds since the epoch. */
	now(): number;
}

/** All that is copied comes long after it was changed, unless there is a clock. */
export const containerFiles = (now = () => 2 ** 40): ContainerFiles => ({
	now,
	nodes: new Map([['/', { kind: 'directory', mode: 0o755 }]]),
	refusals: [],
	execs: [],
	archives: 0,
	missing: new Set(),
});

/** An engine over such containers, by id. */
export function filesEngine(containers: ReadonlyMap<string, ContainerFiles>): TransferEngine {
	const outcomes = new Map<string, { readonly text: string; readonly exitCode: number }>();
	const find = (id: string): ContainerFiles => {
		const container = containers.get(id);
		if (container === undefined) throw new LabcError('ENGINE_NOT_FOUND', `no such container: ${id}`);
		const refusal = container.refusals.shift();
		if (refusal !== undefined) throw refusal;
		return container;
	};
	return {
		async putArchive(id, archive, { replacesKinds = false }) {
			const container = find(id);
			container.archives += 1;
			unpack(container, Buffer.concat([...archive]), replacesKinds);
		},
		async createExec(id, { command }) {
			const container = find(id);
			container.execs.push(command);
			const execId = `${id}-${container.execs.length}`;
			if (container.missing.has(command[0] ?? '')) {
				throw new LabcError('ENGINE_REFUSED', `exec: "${command[0]}": executable file not found in $PATH`);
			}
			outcomes.set(execId, run(container.nodes, command));
			return { id: execId };
		},
		async startExec(id) {
			const text = outcomes.get(id)?.text ?? '';
			return {
				output: (async function* () {
					yield { stream: 'stdout' as const, bytes: Buffer.from(text) };
				})(),
				write: async () => undefined,
				endInput: () => undefined,
				close: () => undefined,
			};
		},
		inspectExec: async (id) => ({ running: false, exitCode: outcomes.get(id)?.exitCode }),
	};
}

/** As the engine unpacks: what stands in the way is replaced, folders that are there keep what is in them. */
function unpack({ nodes, now }: ContainerFiles, archive: Buffer, replacesKinds: boolean): void {
	let longName: string | undefined;
	let time: string | undefined;
	for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
		const header = archive.subarray(at, at + 512);
		const field = (from: number, length: number): string =>
			header
				.subarray(from, from + length)
				.toString()
				.split('\u0000')[0] ?? '';
		const octal = (from: number, length: number): number => Number.parseInt(field(from, length), 8);
		const [type, size] = [field(156, 1), octal(124, 12)];
		const content = archive.subarray(at + 512, at + 512 + size).toString();
		at += 512 + Math.ceil(size / 512) * 512;
		if (type === 'x') {
			longName = /path=(.*)\n/.exec(content)?.[1];
			time = /mtime=(.*)\n/.exec(content)?.[1];
			continue;
		}
		const name = longName ?? [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/');
		const modified = time === undefined ? octal(136, 12) : Number(time);
		[longName, time] = [undefined, undefined];
		const entry = {
			type,
			content,
			link: field(157, 100),
			mode: octal(100, 8),
			modified,
			changed: now(),
		};
		const target = path.posix.join('/', name);
		if (!replacesKinds && nodes.get(target)?.kind === 'directory' && type !== '5') {
			throw new LabcError('ENGINE_REFUSED', `cannot overwrite directory "${name}" with non-directory`);
		}
		place(nodes, target, entry);
	}
}

interface Entry {
	readonly type: string;
	readonly content: string;
	readonly link: string;
	readonly mode: number;
	readonly modified: number;
	readonly changed: number;
}

function place(nodes: Map<string, Node>, target: string, { type, content, link, ...entry }: Entry): void {
	const clean = target.length > 1 ? target.replace(/\/$/, '') : target;
	makeFolders(nodes, path.posix.dirname(clean));
	const there = nodes.get(clean);
	if (!(there?.kind === 'directory' && type === '5')) remove(nodes, clean);
	if (type === '5') nodes.set(clean, { kind: 'directory', mode: entry.mode });
	else if (type === '2') nodes.set(clean, { kind: 'symlink', link });
	else nodes.set(clean, { kind: 'file', content, ...entry });
}

function makeFolders(nodes: Map<string, Node>, folder: string): void {
	if (folder !== '/') makeFolders(nodes, path.posix.dirname(folder));
	const there = nodes.get(folder);
	if (there === undefined) nodes.set(folder, { kind: 'directory', mode: 0o755 });
	else if (there.kind !== 'directory') throw new LabcError('ENGINE_REFUSED', `${folder} is not a directory`);
}

export function remove(nodes: Map<string, Node>, target: string): void {
	for (const each of [...nodes.keys()]) if (each === target || each.startsWith(`${target}/`)) nodes.delete(each);
}

interface Answer {
	readonly text: string;
	readonly exitCode: number;
}

function run(nodes: Map<string, Node>, command: readonly string[]): Answer {
	const [program, ...args] = command;
	if (program === 'sh') return runScript(nodes, args[1] ?? '', args.slice(3));
	const paths = args.slice(args.indexOf('--') + 1);
	const lines = paths.flatMap((each) =>
		program === 'stat'
			? statLine(nodes, each).map((line) => (args[1]?.endsWith('//') ? `${line}//` : line))
			: sumLine(nodes, each),
	);
	return { text: lines.map((line) => `${line}\n`).join(''), exitCode: lines.length === paths.length ? 0 : 1 };
}

function runScript(nodes: Map<string, Node>, script: string, args: readonly string[]): Answer {
	if (script.includes('rm -rf')) return deleteBelow(nodes, args);
	if (script.includes('[ -d "$each" ]')) {
		const folders = args.filter((each) => nodes.get(each)?.kind === 'directory');
		return { text: folders.map((each) => `${each}//\n`).join(''), exitCode: 0 };
	}
	if (!script.includes('readlink')) {
		return { text: args.map((each) => (isEmpty(nodes, each) ? `${each}//\n` : '')).join(''), exitCode: 0 };
	}
	const link = (each: string): string => {
		const node = nodes.get(each);
		return node?.kind === 'symlink' ? node.link : '';
	};
	return { text: args.map((each) => `${link(each)}  ${each}\n`).join(''), exitCode: 0 };
}

function deleteBelow(nodes: Map<string, Node>, args: readonly string[]): Answer {
	const [between = [], files = [], folders = [], paths = []] = listsOf(args);
	const kindOf = (target: string): Node['kind'] | undefined => nodes.get(target)?.kind;
	const others = between.filter((each) => kindOf(each) !== undefined && kindOf(each) !== 'directory');
	if (others.length > 0) return { text: others.map((each) => `${each}//\n`).join(''), exitCode: 113 };
	for (const each of files) if (kindOf(each) !== 'directory') remove(nodes, each);
	for (const each of paths) remove(nodes, each);
	for (const each of folders) if (kindOf(each) === 'directory' && isEmpty(nodes, each)) remove(nodes, each);
	return { text: '', exitCode: 0 };
}

function listsOf(args: readonly string[]): readonly (readonly string[])[] {
	const lists: string[][] = [[]];
	for (const each of args) {
		if (each === '//') lists.push([]);
		else lists.at(-1)?.push(each);
	}
	return lists;
}

const isEmpty = (nodes: ReadonlyMap<string, Node>, folder: string): boolean =>
	[...nodes.keys()].every((each) => !each.startsWith(`${folder}/`));

const kindBits = { file: 0o100000, directory: 0o40000, symlink: 0o120000 } as const;

function statLine(nodes: ReadonlyMap<string, Node>, target: string): readonly string[] {
	const node = nodes.get(target);
	if (node === undefined) return [];
	const mode = node.kind === 'symlink' ? 0o777 : node.mode;
	const [size, modified, changed] =
		node.kind === 'file' ? [Buffer.byteLength(node.content), node.modified, node.changed] : [0, 0, 0];
	const numbers = [(kindBits[node.kind] | mode).toString(16), size, Math.floor(modified), Math.floor(changed)];
	return [`${numbers.join(' ')} ${dateOf(modified)}|${dateOf(changed)}|${target}`];
}

/** Of a date, what is looked at: the part below a second. */
const dateOf = (seconds: number): string => `2026-01-01 00:00:00${(seconds % 1).toFixed(9).slice(1)} +0000`;

function sumLine(nodes: ReadonlyMap<string, Node>, target: string): readonly string[] {
	const node = nodes.get(target);
	if (node?.kind !== 'file') return [];
	return [`${createHash('sha256').update(node.content).digest('hex')}  ${target}`];
}
