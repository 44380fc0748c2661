import type { MappingNode, Node } from '../../document/node.ts';
import { refuse, type Spot, within } from '../canonical/spot.ts';

/** Reads one canonical value. Undefined: there is nothing to print, as for an empty list. */
export type Decoder = (node: Node, spot: Spot) => unknown;

/** The attributes of a structure in docker compose's own order, each with its decoder. */
export type Attributes = readonly (readonly [name: string, decode: Decoder])[];

/** Decodes the attributes that are there, in the table's order. Empty results are left out. */
export function decodeStructure(node: MappingNode, attributes: Attributes, spot: Spot): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const [name, decode] of attributes) {
		const value = node.entries.get(name)?.value;
		if (value === undefined) continue;
		const decoded = decode(value, within(spot, name));
		if (decoded !== undefined) result[name] = decoded;
	}
	return result;
}

export const structure =
	(attributes: Attributes): Decoder =>
	(node, spot) =>
		node.kind === 'mapping' ? decodeStructure(node, attributes, spot) : undefined;

/** A list of what `decode` reads; an empty list is nothing. */
export const list =
	(decode: Decoder): Decoder =>
	(node, spot) => {
		if (node.kind !== 'sequence' || node.items.length === 0) return undefined;
		return node.items.map((item, index) => decode(item, within(spot, index))).filter((item) => item !== undefined);
	};

/** A map by the user's own keys, in key order; an empty map is nothing. */
export const map =
	(decode: Decoder): Decoder =>
	(node, spot) => {
		if (node.kind !== 'mapping' || node.entries.size === 0) return undefined;
		const entries = [...node.entries].sort(([a], [b]) => (a < b ? -1 : 1));
		return Object.fromEntries(entries.map(([key, entry]) => [key, decode(entry.value, within(spot, key))]));
	};

/** A map whose empty entries are left out. */
export const filledMap =
	(decode: Decoder): Decoder =>
	(node, spot) => {
		const entries = Object.entries(map(decode)(node, spot) ?? {}).filter(([, value]) => value !== undefined);
		return entries.length === 0 ? undefined : Object.fromEntries(entries);
	};

/** Records a value that has the right type and still makes no sense. */
export const refuseValue = (
	node: Node,
	spot: Spot,
	wording: { readonly message: string; readonly hint: string },
): void => refuse(spot, node, wording.message, wording.hint);
