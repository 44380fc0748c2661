import { type MappingEntry, type MappingNode, type Node, type ScalarNode, scalarNode } from '../../document/node.ts';
import type { AttributePath } from '../../document/path.ts';
import type { Findings } from '../../errors/findings.ts';
import type { Position } from '../../errors/source-location.ts';

/** Where a converter works and whom it tells what it finds. */
export interface Spot {
	readonly path: AttributePath;
	readonly findings: Findings;
}

/** Brings one attribute from any of its forms to its long one. What is long already comes back unchanged. */
export type Converter = (node: Node, spot: Spot) => Node;

export const within = (spot: Spot, step: string | number): Spot => ({ ...spot, path: [...spot.path, step] });

/** Records that a value is not what the attribute takes. */
export function refuse(spot: Spot, node: Node, message: string, hint: string): void {
	spot.findings.error('VALUE_INVALID', message, { at: node.at, path: spot.path, hint });
}

/** A mapping whose keys and values all stand where `at` points. Undefined values are left out. */
export function mappingOf(
	values: Readonly<Record<string, ScalarNode['value'] | Node | undefined>>,
	at: Position,
): MappingNode {
	const entries = new Map<string, MappingEntry>();
	for (const [key, value] of Object.entries(values)) {
		if (value === undefined) continue;
		const node = typeof value === 'object' && value !== null ? value : scalarNode(value, at);
		entries.set(key, { keyAt: at, value: node });
	}
	return { kind: 'mapping', entries, at };
}

/** `node` with `key` set, as if it had been written at the mapping's own place. */
export function withEntry(node: MappingNode, key: string, value: Node): MappingNode {
	const keyAt = node.entries.get(key)?.keyAt ?? value.at;
	return { ...node, entries: new Map(node.entries).set(key, { keyAt, value }) };
}

/** `node` with `defaults` for the keys it lacks or leaves null. */
export function withDefaults(node: MappingNode, defaults: Readonly<Record<string, ScalarNode['value']>>): MappingNode {
	let result = node;
	for (const [key, value] of Object.entries(defaults)) {
		const present = node.entries.get(key)?.value;
		if (present === undefined || isNull(present)) result = withEntry(result, key, scalarNode(value, node.at));
	}
	return result;
}

export const isNull = (node: Node): boolean => node.kind === 'scalar' && node.value === null;

export const isTrue = (node: Node | undefined): boolean => node?.kind === 'scalar' && node.value === true;

export const isText = (node: Node | undefined): node is ScalarNode & { readonly value: string } =>
	node?.kind === 'scalar' && typeof node.value === 'string';
