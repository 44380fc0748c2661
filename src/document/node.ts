import type { Position } from '../errors/source-location.ts';

/**
 * The tree every loading stage works on, from the parser to the decoder: plain values with the place each came
 * from, so that any stage can say where a problem stands. Trees are never changed, only rebuilt. What a merge laid a
 * value over is remembered by place, the latest last.
 */
export type Node = ScalarNode | SequenceNode | MappingNode;

export interface ScalarNode {
	readonly kind: 'scalar';
	readonly value: string | number | bigint | boolean | null;
	/** A number written as a float: `1.0` is not the integer 1. */
	readonly float?: boolean;
	/** A date or time that was written without quotes. */
	readonly isTimestamp?: boolean;
	readonly at: Position;
	readonly replaces?: readonly Position[];
}

export interface SequenceNode {
	readonly kind: 'sequence';
	readonly items: readonly Node[];
	readonly at: Position;
	readonly replaces?: readonly Position[];
}

export interface MappingNode {
	readonly kind: 'mapping';
	readonly entries: ReadonlyMap<string, MappingEntry>;
	readonly at: Position;
	readonly replaces?: readonly Position[];
}

export interface MappingEntry {
	/** Where the key stands. */
	readonly keyAt: Position;
	readonly value: Node;
}

export const scalarNode = (value: ScalarNode['value'], at: Position): ScalarNode => ({ kind: 'scalar', value, at });

export const sequenceNode = (items: readonly Node[], at: Position): SequenceNode => ({ kind: 'sequence', items, at });

export const mappingNode = (entries: Iterable<readonly [string, MappingEntry]>, at: Position): MappingNode => ({
	kind: 'mapping',
	entries: new Map(entries),
	at,
});

/** The value under `key`, or undefined where `node` is no mapping or has no such key. */
export const childOf = (node: Node | undefined, key: string): Node | undefined =>
	node?.kind === 'mapping' ? node.entries.get(key)?.value : undefined;

/** `override`, with the memory that it took the place of `base`. */
export const inPlaceOf = <T extends Node>(base: Node, override: T): T =>
	base.at === override.at ? override : { ...override, replaces: [...(base.replaces ?? []), base.at] };
