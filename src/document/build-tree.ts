import {
	isAlias,
	isMap,
	isSeq,
	type ParsedNode,
	type Scalar,
	type YAMLMap,
	type YAMLSeq,
	type Node as YamlNode,
} from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { Position, SourceFile } from '../errors/source-location.ts';
import { mergedEntries } from './merge-keys.ts';
import type { MappingEntry, MergeTag, Node } from './node.ts';
import type { AttributePath } from './path.ts';
import { resolveScalar } from './resolve-scalar.ts';

/** Larger than any real file; past this a file is an attack or an accident. */
export const nodeLimit = 500_000;

/** What one document is built with. */
interface Build {
	readonly source: SourceFile;
	readonly findings: Findings;
	readonly anchors: Map<string, Anchor>;
	/** Values the tree has once aliases are spelled out. */
	size: number;
}

interface Anchor {
	/** Undefined while the anchored value is being built: an alias in there would be a cycle. */
	node: Node | undefined;
	size: number;
}

/** Our own tree from the parser's; undefined where the document is refused, with findings that say why. */
export function buildTree(contents: ParsedNode | null, source: SourceFile, findings: Findings): Node | undefined {
	const build: Build = { source, findings, anchors: new Map(), size: 0 };
	const tree = buildNode(contents, [], build);
	if (build.size <= nodeLimit) return tree;
	findings.error('YAML_INVALID', `the YAML spells out to more than ${nodeLimit} values`, {
		at: tree.at,
		hint: 'Use fewer aliases inside anchored values.',
	});
	return undefined;
}

function buildNode(yaml: unknown, path: AttributePath, build: Build): Node {
	const node = yaml as YamlNode | null;
	const at: Position = { source: build.source, offset: node?.range?.[0] ?? 0 };
	build.size += 1;
	if (node === null) return { kind: 'scalar', value: null, at };
	if (isAlias(node)) return resolveAlias(node.source, at, { path, build });
	const name = (node as Scalar).anchor;
	const anchor: Anchor = { node: undefined, size: build.size };
	if (name !== undefined) build.anchors.set(name, anchor);
	anchor.node = buildContent(node, at, { path, build });
	anchor.size = build.size - anchor.size + 1;
	return anchor.node;
}

interface Spot {
	readonly path: AttributePath;
	readonly build: Build;
}

function resolveAlias(name: string, at: Position, { path, build }: Spot): Node {
	const anchor = build.anchors.get(name);
	const empty: Node = { kind: 'scalar', value: null, at };
	if (anchor?.node === undefined) {
		const problem =
			anchor === undefined
				? `no anchor \`&${name}\` stands before this alias`
				: `the alias \`*${name}\` contains itself`;
		build.findings.error('YAML_INVALID', problem, { at, path, hint: `Define \`&${name}\` before it is used.` });
		return empty;
	}
	build.size += anchor.size - 1;
	return build.size > nodeLimit ? empty : anchor.node;
}

function buildContent(node: YamlNode, at: Position, spot: Spot): Node {
	const tag = mergeTagOf(node.tag);
	const content = buildByKind(node, at, spot);
	return tag === undefined ? content : { ...content, tag };
}

function buildByKind(node: YamlNode, at: Position, spot: Spot): Node {
	if (isMap(node)) return buildMapping(node, at, spot);
	if (isSeq(node)) return buildSequence(node, at, spot);
	return buildScalar(node as Scalar<string>, at, spot);
}

const mergeTagOf = (tag: string | undefined): MergeTag | undefined => {
	if (tag === '!reset') return 'reset';
	return tag === '!override' ? 'override' : undefined;
};

/** An item tagged `!reset` is dropped; lists have no places that another file could reset. */
function buildSequence(node: YAMLSeq, at: Position, { path, build }: Spot): Node {
	const items = node.items.map((item, index) => buildNode(item, [...path, index], build));
	return { kind: 'sequence', items: items.filter((item) => item.tag !== 'reset'), at };
}

function buildMapping(node: YAMLMap, at: Position, { path, build }: Spot): Node {
	const own = new Map<string, MappingEntry>();
	const merges: Node[] = [];
	for (const pair of node.items) {
		const key = keyOf(pair.key, { path, build });
		if (key === undefined) continue;
		const value = buildNode(pair.value, key.isMerge ? path : [...path, key.text], build);
		if (key.isMerge) merges.push(value);
		else if (own.has(key.text)) reportDuplicate(key, { path, build });
		else own.set(key.text, { keyAt: key.at, value });
	}
	return { kind: 'mapping', entries: mergedEntries(own, merges, { path, findings: build.findings }), at };
}

interface Key {
	readonly text: string;
	readonly at: Position;
	readonly isMerge: boolean;
}

function keyOf(yaml: unknown, { path, build }: Spot): Key | undefined {
	const node = buildNode(yaml, path, build);
	const { at } = node;
	const isPlain = (yaml as Scalar | null)?.type === 'PLAIN';
	if (isPlain && (yaml as Scalar).source === '<<') return { text: '<<', at, isMerge: true };
	if (node.kind !== 'scalar' || typeof node.value !== 'string') {
		const shown = node.kind === 'scalar' ? `\`${node.value}\`` : `a ${node.kind}`;
		const hint = 'Put the key in quotes.';
		build.findings.error('YAML_INVALID', `a key must be text, found ${shown}`, { at, path, hint });
		return undefined;
	}
	if (node.value === '__proto__') {
		build.findings.error('YAML_INVALID', 'the key `__proto__` is not allowed', { at, path, hint: 'Rename the key.' });
		return undefined;
	}
	return { text: node.value, at, isMerge: false };
}

function reportDuplicate(key: Key, { path, build }: Spot): void {
	build.findings.error('YAML_INVALID', `the key \`${key.text}\` is given twice`, {
		at: key.at,
		path: [...path, key.text],
		hint: 'Remove one of the two.',
	});
}

const coreTag = 'tag:yaml.org,2002:';

function buildScalar(node: Scalar<string>, at: Position, { path, build }: Spot): Node {
	const text = node.value;
	const isText = node.tag === undefined ? node.type !== 'PLAIN' : !isResolvableTag(node.tag);
	if (isText) return { kind: 'scalar', value: text, at };
	const resolved = resolveScalar(text);
	if (resolved === 'merge') return { kind: 'scalar', value: text, at };
	if (resolved !== 'timestamp') return { kind: 'scalar', at, ...resolved };
	build.findings.error('YAML_INVALID', `\`${text}\` is a date, which no attribute takes`, {
		at,
		path,
		hint: 'Put it in quotes.',
	});
	return { kind: 'scalar', value: text, at };
}

const isResolvableTag = (tag: string): boolean =>
	tag.startsWith(coreTag) && ['int', 'float', 'bool', 'null'].includes(tag.slice(coreTag.length));
