import {
	childOf,
	inPlaceOf,
	type MappingEntry,
	type MappingNode,
	mappingNode,
	type Node,
	scalarNode,
} from '../document/node.ts';
import { Findings } from '../errors/findings.ts';
import type { Position, SourceFile } from '../errors/source-location.ts';
import type { Variables } from '../options/variables.ts';
import { readEnv } from '../sources/env-grammar.ts';
import { envLineOf } from '../sources/env-line.ts';
import { isRegularFile } from '../sources/locate.ts';
import { readRawEnv } from '../sources/raw-env.ts';
import { readSource } from '../sources/read-source.ts';
import { isText } from './canonical/spot.ts';

/** A tree where a service has the variables of its env files, each at its line, and those files. */
export interface WithEnvFiles {
	readonly tree: MappingNode;
	readonly envFiles: ReadonlySet<SourceFile>;
}

/** The tree with what the env files of the service say that `path` is about. A file that is absent says nothing. */
export async function withEnvFilesOf(path: string, tree: MappingNode, variables: Variables): Promise<WithEnvFiles> {
	const services = childOf(tree, 'services');
	const names = services?.kind === 'mapping' ? [...services.entries.keys()] : [];
	const name = names.find((each) => `${path}.`.startsWith(`services.${each}.environment.`));
	const service = name === undefined ? undefined : childOf(services, name);
	const files = childOf(service, 'env_file');
	if (name === undefined || service === undefined || files?.kind !== 'sequence') {
		return { tree, envFiles: new Set() };
	}
	const own = childOf(service, 'environment');
	const read: Reading = { entries: new Map(), envFiles: new Set(), variables, own };
	for (const file of files.items) await readFile(file, read);
	if (own?.kind === 'mapping') layOwnOver(own, read.entries);
	const environment = mappingNode(read.entries, own?.at ?? files.at);
	return { tree: replaced(tree, ['services', name, 'environment'], environment), envFiles: read.envFiles };
}

interface Reading {
	readonly entries: Map<string, MappingEntry>;
	readonly envFiles: Set<SourceFile>;
	readonly variables: Variables;
	readonly own: Node | undefined;
}

async function readFile(file: Node, { entries, envFiles, variables, own }: Reading): Promise<void> {
	const path = childOf(file, 'path');
	if (!isText(path) || !isRegularFile(path.value)) return;
	const source = await readSource(path.value, { named: false, role: 'env file' });
	const format = childOf(file, 'format');
	const read = isText(format) && format.value === 'raw' ? readRawEnv : readEnv;
	const before = new Map([...entries].map(([key, { value }]) => [key, textOf(value) ?? ''] as const));
	const into = new Noted(before);
	const lookup = (name: string): string | undefined => variables.get(name) ?? textOf(childOf(own, name));
	read(source, { lookup, into, findings: new Findings() });
	envFiles.add(source);
	for (const key of into.written) put(entries, key, scalarNode(into.get(key) ?? '', envLineOf(key, source)));
}

/** Knows which keys were set after it was made: also those whose value is the same again. */
class Noted extends Map<string, string> {
	readonly written = new Set<string>();

	constructor(before: ReadonlyMap<string, string>) {
		super();
		for (const [key, value] of before) super.set(key, value);
	}

	override set(key: string, value: string): this {
		this.written.add(key);
		return super.set(key, value);
	}
}

const textOf = (node: Node | undefined): string | undefined =>
	node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;

function put(entries: Map<string, MappingEntry>, key: string, value: Node, keyAt: Position = value.at): void {
	const base = entries.get(key)?.value;
	entries.set(key, { keyAt, value: base === undefined ? value : inPlaceOf(base, value) });
}

/** What `environment` says itself wins over all files, and over what it replaced there. */
function layOwnOver(own: MappingNode, entries: Map<string, MappingEntry>): void {
	for (const [key, { keyAt, value }] of own.entries) {
		const base = entries.get(key)?.value;
		const before = base === undefined ? [] : [...(base.replaces ?? []), base.at];
		entries.set(key, { keyAt, value: { ...value, replaces: [...before, ...(value.replaces ?? [])] } });
	}
}

function replaced(node: MappingNode, [key = '', ...rest]: readonly string[], value: Node): MappingNode {
	const entry = node.entries.get(key);
	const inner = entry?.value.kind === 'mapping' && rest.length > 0 ? replaced(entry.value, rest, value) : value;
	return { ...node, entries: new Map([...node.entries, [key, { keyAt: entry?.keyAt ?? value.at, value: inner }]]) };
}
