import type { Position, SourceFile } from '../errors/source-location.ts';
import type { Document } from './document.ts';
import type { MappingEntry, Node, ScalarNode } from './node.ts';
import type { AttributePath } from './path.ts';

/**
 * Parsed documents as one flat JSON list, so that an unchanged file need not be parsed again: reading this back takes a
 * fiftieth of the time. Each node is a code, its offset and its content; a node met again is its number, which keeps
 * what aliases share shared. The list must be decoded with the text it was made from: it holds offsets into it.
 */
type Word = string | number | boolean | null;

const plainScalar = 0;
const floatScalar = 1;
const bigScalar = 2;
const sequence = 3;
const mapping = 4;
const knownNode = 5;
const timestamp = 6;

export function encodeDocuments(documents: readonly Document[]): string {
	const encoding: Encoding = { words: [documents.length], numbers: new Map() };
	for (const { root, resets } of documents) {
		encodeNode(root, encoding);
		encoding.words.push(resets.length);
		for (const path of resets) encoding.words.push(path.length, ...path);
	}
	return JSON.stringify(encoding.words);
}

interface Encoding {
	readonly words: Word[];
	/** Nodes already written, counted as they end. */
	readonly numbers: Map<Node, number>;
}

function encodeNode(node: Node, encoding: Encoding): void {
	const { words, numbers } = encoding;
	const number = numbers.get(node);
	if (number !== undefined) {
		words.push(knownNode, number);
		return;
	}
	if (node.kind === 'scalar') words.push(...scalarWords(node));
	else if (node.kind === 'sequence') {
		words.push(sequence, node.at.offset, node.items.length);
		for (const item of node.items) encodeNode(item, encoding);
	} else {
		words.push(mapping, node.at.offset, node.entries.size);
		for (const [key, { keyAt, value }] of node.entries) {
			words.push(key, keyAt.offset);
			encodeNode(value, encoding);
		}
	}
	numbers.set(node, numbers.size);
}

/** JSON has neither 64 bits nor infinities, and keeps no sign of zero: those are written as text. */
function scalarWords({ value, float, isTimestamp, at }: ScalarNode): readonly Word[] {
	if (typeof value === 'bigint') return [bigScalar, at.offset, String(value)];
	if (float === true) return [floatScalar, at.offset, Object.is(value, -0) ? '-0' : String(value)];
	return [isTimestamp === true ? timestamp : plainScalar, at.offset, value];
}

/** The documents of `source` out of what `encodeDocuments` made of them. Throws where `text` is something else. */
export function decodeDocuments(text: string, source: SourceFile): readonly Document[] {
	const decoding: Decoding = { words: JSON.parse(text) as readonly Word[], next: 0, nodes: [], source };
	return takeList(decoding, () => ({
		root: decodeNode(decoding),
		resets: takeList(decoding, () => takeList(decoding, () => take(decoding))) as readonly AttributePath[],
	}));
}

function takeList<T>(decoding: Decoding, takeItem: () => T): readonly T[] {
	const length = take(decoding) as number;
	return Array.from({ length }, takeItem);
}

interface Decoding {
	readonly words: readonly Word[];
	next: number;
	/** By the order in which they ended. */
	readonly nodes: Node[];
	readonly source: SourceFile;
}

function take(decoding: Decoding): Word {
	const word = decoding.words[decoding.next];
	if (word === undefined) throw new Error('the list of nodes ends too early');
	decoding.next += 1;
	return word;
}

function decodeNode(decoding: Decoding): Node {
	const code = take(decoding) as number;
	if (code === knownNode) return knownAt(decoding, take(decoding) as number);
	const node = decodeContent(code, decoding);
	decoding.nodes.push(node);
	return node;
}

function knownAt({ nodes }: Decoding, number: number): Node {
	const node = nodes[number];
	if (node === undefined) throw new Error('the list names a node that is not there');
	return node;
}

function decodeContent(kind: number, decoding: Decoding): Node {
	const at = takePosition(decoding);
	const word = take(decoding);
	if (kind === mapping) return { kind: 'mapping', entries: decodeEntries(word as number, decoding), at };
	if (kind === sequence) {
		return { kind: 'sequence', items: Array.from({ length: word as number }, () => decodeNode(decoding)), at };
	}
	if (kind === floatScalar) return { kind: 'scalar', at, value: Number(word), float: true };
	if (kind === timestamp) return { kind: 'scalar', at, value: word, isTimestamp: true };
	return { kind: 'scalar', value: kind === bigScalar ? BigInt(word as string) : word, at };
}

function decodeEntries(count: number, decoding: Decoding): ReadonlyMap<string, MappingEntry> {
	const entries = new Map<string, MappingEntry>();
	for (let index = 0; index < count; index += 1) {
		const key = take(decoding) as string;
		entries.set(key, { keyAt: takePosition(decoding), value: decodeNode(decoding) });
	}
	return entries;
}

const takePosition = (decoding: Decoding): Position => ({
	source: decoding.source,
	offset: take(decoding) as number,
});
