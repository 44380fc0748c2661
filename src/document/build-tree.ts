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
import { locate, type Position, type SourceFile } from '../errors/source-location.ts';
import { buildScalar, isInExtension, reportTimestamp } from './build-scalar.ts';
import type { Document } from './document.ts';
import { flowFaultIn } from './flow-faults.ts';
import { mergedEntries } from './merge-keys.ts';
import type { MappingEntry, Node } from './node.ts';
import type { AttributePath } from './path.ts';
import { depthLimit, nodeLimit } from './yaml-limits.ts';

/** What one document is built with. */
interface Build {
	readonly source: SourceFile;
	readonly findings: Findings;
	readonly anchors: Anchors;
	readonly resets: Reset[];
	/** Where dates stand. */
	readonly timestamps: AttributePath[];
	/** Inside a tagged value further tags mean nothing. */
	isTagged: boolean;
	/** Values the tree has once aliases are spelled out. */
	size: number;
	/** How many levels down they go, so far. */
	depth: number;
}

interface Reset {
	readonly path: AttributePath;
	readonly tag: MergeTag;
}

/** The Compose tags that steer merging. */
type MergeTag = 'reset' | 'override';

interface Anchor {
	/** False while the anchored value is being built: an alias in there would be a cycle. */
	isBuilt: boolean;
	/** Undefined where the value is tagged `!reset`. */
	node: Node | undefined;
	/** Where `!override` stands in the value. */
	overrides: readonly AttributePath[];
	/** Where dates stand in it. */
	timestamps: readonly AttributePath[];
	size: number;
	/** Levels of the value itself. */
	height: number;
}

/** The anchors of a file by name: an alias finds those of earlier documents too. */
export type Anchors = Map<string, Anchor>;

export interface TreePlace {
	readonly source: SourceFile;
	readonly findings: Findings;
	readonly anchors: Anchors;
}

/** Our own document from the parser's; undefined where it is refused, with findings that say why. */
export function buildTree(contents: ParsedNode | null, { source, findings, anchors }: TreePlace): Document | undefined {
	const build: Build = {
		source,
		findings,
		anchors,
		resets: [],
		timestamps: [],
		isTagged: false,
		size: 0,
		depth: 0,
	};
	const root = buildNode(contents, [], build) ?? nothing({ source, offset: 0 });
	if (isWithinLimits(build)) return { root, resets: build.resets.map(({ path }) => path) };
	findings.error('YAML_INVALID', `the YAML spells out to ${excessOf(build)}`, {
		at: root.at,
		hint: 'Use fewer aliases inside anchored values.',
	});
	return undefined;
}

const isWithinLimits = ({ size, depth }: Build): boolean => size <= nodeLimit && depth <= depthLimit;

const excessOf = ({ size }: Build): string =>
	size > nodeLimit ? `more than ${nodeLimit} values` : `more than ${depthLimit} levels`;

const nothing = (at: Position): Node => ({ kind: 'scalar', value: null, at });

/** Undefined: the value is tagged `!reset`, and so is no part of the tree. */
function buildNode(yaml: unknown, path: AttributePath, build: Build): Node | undefined {
	const node = yaml as YamlNode | null;
	const at: Position = { source: build.source, offset: node?.range?.[0] ?? 0 };
	build.size += 1;
	build.depth = Math.max(build.depth, path.length);
	if (node === null) return nothing(at);
	if (isAlias(node)) return resolveAlias(node.source, at, { path, build });
	const name = (node as Scalar).anchor;
	if (name === undefined) return buildTagged(node, at, { path, build });
	if (!/^[\w-]+$/.test(name)) reportName(name, at, { path, build });
	const anchor: Anchor = {
		isBuilt: false,
		node: undefined,
		overrides: [],
		timestamps: [],
		size: build.size,
		height: 0,
	};
	const { depth } = build;
	build.depth = path.length;
	build.anchors.set(name, anchor);
	const [before, timestampsBefore] = [build.resets.length, build.timestamps.length];
	anchor.node = buildTagged(node, at, { path, build });
	anchor.isBuilt = true;
	anchor.overrides = build.resets
		.slice(before)
		.flatMap((reset) => (reset.tag === 'override' ? [reset.path.slice(path.length)] : []));
	anchor.timestamps = build.timestamps.slice(timestampsBefore).map((inner) => inner.slice(path.length));
	anchor.size = build.size - anchor.size + 1;
	anchor.height = build.depth - path.length;
	build.depth = Math.max(build.depth, depth);
	return anchor.node;
}

function reportName(name: string, at: Position, { path, build }: Spot): void {
	const hint = 'Name it with letters, digits, `_` and `-`.';
	build.findings.error('YAML_INVALID', `\`&${name}\` is no name of an anchor`, { at, path, hint });
}

interface Spot {
	readonly path: AttributePath;
	readonly build: Build;
}

/** What is tagged `!override` in an anchored value is so at each alias; a `!reset` inside counts where it is written. */
function resolveAlias(name: string, at: Position, { path, build }: Spot): Node | undefined {
	const anchor = build.anchors.get(name);
	if (anchor === undefined || !anchor.isBuilt) {
		const [problem, hint] =
			anchor === undefined
				? [`no anchor \`&${name}\` stands before this alias`, `Define \`&${name}\` before it is used.`]
				: [`the alias \`*${name}\` contains itself`, 'Write out here what is meant.'];
		build.findings.error('YAML_INVALID', problem, { at, path, hint });
		return nothing(at);
	}
	if (anchor.node === undefined) build.resets.push({ path, tag: 'reset' });
	else if (!build.isTagged) {
		for (const inner of anchor.overrides) build.resets.push({ path: [...path, ...inner], tag: 'override' });
	}
	for (const inner of anchor.timestamps) addAliasedTimestamp(name, at, { path: [...path, ...inner], build });
	build.size += anchor.size - 1;
	build.depth = Math.max(build.depth, path.length + anchor.height);
	return isWithinLimits(build) ? anchor.node : nothing(at);
}

function addAliasedTimestamp(name: string, at: Position, { path, build }: Spot): void {
	build.timestamps.push(path);
	if (!isInExtension(path)) reportTimestamp(`*${name}`, at, { path, findings: build.findings });
}

function buildTagged(node: YamlNode, at: Position, spot: Spot): Node | undefined {
	const { path, build } = spot;
	const tag = mergeTagOf(node.tag);
	if (tag === undefined || build.isTagged) return buildByKind(node, at, spot);
	build.resets.push({ path, tag });
	build.isTagged = true;
	const content = buildByKind(node, at, spot);
	build.isTagged = false;
	return tag === 'reset' ? undefined : content;
}

function buildByKind(node: YamlNode, at: Position, spot: Spot): Node {
	if (isMap(node) || isSeq(node)) {
		if (!isWithinLimits(spot.build)) return nothing(at);
		if (node.flow === true) reportFlowFault(node, spot);
		return isMap(node) ? buildMapping(node, at, spot) : buildSequence(node, at, spot);
	}
	const scalar = buildScalar(node as Scalar<string>, at, { path: spot.path, findings: spot.build.findings });
	if (scalar.isTimestamp === true) spot.build.timestamps.push(spot.path);
	return scalar;
}

function reportFlowFault(node: YAMLMap | YAMLSeq, { path, build: { source, findings } }: Spot): void {
	const fault = flowFaultIn(node, source.text);
	if (fault === undefined) return;
	const { offset, message, hint } = fault;
	findings.error('YAML_INVALID', `this is not valid YAML: ${message}`, { at: { source, offset }, path, hint });
}

const mergeTagOf = (tag: string | undefined): MergeTag | undefined => {
	if (tag === '!reset') return 'reset';
	return tag === '!override' ? 'override' : undefined;
};

/** An item tagged `!reset` is dropped; lists have no places that another file could reset. */
function buildSequence(node: YAMLSeq, at: Position, { path, build }: Spot): Node {
	const items = node.items.map((item, index) => buildNode(item, [...path, index], build));
	return { kind: 'sequence', items: items.filter((item) => item !== undefined), at };
}

function buildMapping(node: YAMLMap, at: Position, { path, build }: Spot): Node {
	const mapping: OpenMapping = { own: new Map(), keys: new Map(), merges: [] };
	for (const pair of node.items) {
		const key = keyOf(pair.key, { path, build });
		if (key === undefined) continue;
		const value = buildNode(pair.value, key.isMerge ? path : [...path, key.text], build);
		const first = mapping.keys.get(key.text);
		if (first !== undefined) reportDuplicate(key, first, { path, build });
		else addEntry(mapping, key, value);
	}
	const entries = mergedEntries(mapping.own, mapping.merges, { path, findings: build.findings });
	return { kind: 'mapping', entries, at };
}

interface OpenMapping {
	readonly own: Map<string, MappingEntry>;
	/** Where each key stands, also of those that are reset, and the merge key. */
	readonly keys: Map<string, Position>;
	readonly merges: Node[];
}

function addEntry({ own, keys, merges }: OpenMapping, { text, at, isMerge }: Key, value: Node | undefined): void {
	keys.set(text, at);
	if (value === undefined) return;
	if (isMerge) merges.push(value);
	else own.set(text, { keyAt: at, value });
}

interface Key {
	readonly text: string;
	readonly at: Position;
	readonly isMerge: boolean;
}

function keyOf(yaml: unknown, { path, build }: Spot): Key | undefined {
	const node = buildKey(yaml, path, build);
	if (node === undefined) return undefined;
	const { at } = node;
	if (isMergeKey(yaml as Scalar | null)) return { text: '<<', at, isMerge: true };
	if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.isTimestamp === true) {
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

/** Tags that steer merging mean nothing on a key. */
function buildKey(yaml: unknown, path: AttributePath, build: Build): Node | undefined {
	const { isTagged } = build;
	build.isTagged = true;
	const node = buildNode(yaml, path, build);
	build.isTagged = isTagged;
	return node;
}

const isMergeKey = (key: Scalar | null): boolean =>
	key?.type === 'PLAIN' && key.source === '<<' && mergeTags.has(key.tag);

const mergeTags: ReadonlySet<string | undefined> = new Set([undefined, '!', 'tag:yaml.org,2002:merge']);

function reportDuplicate(key: Key, first: Position, { path, build }: Spot): void {
	build.findings.error('YAML_INVALID', `the key \`${key.text}\` is given twice, first on line ${locate(first).line}`, {
		at: key.at,
		path: [...path, key.text],
		hint: key.isMerge ? 'Merge several mappings with one list: `<<: [*a, *b]`.' : 'Remove one of the two.',
	});
}
