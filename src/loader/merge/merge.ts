import { inPlaceOf, type MappingNode, type Node } from '../../document/node.ts';
import type { AttributePath } from '../../document/path.ts';
import { childTable, type PathTable } from '../../document/path-table.ts';
import type { Findings } from '../../errors/findings.ts';

/** Where a merge works. */
export interface MergeSpot {
	readonly path: AttributePath;
	readonly findings: Findings;
	readonly rules: PathTable<MergeRule> | undefined;
}

/** How one attribute of two files becomes one, where it is not merged as trees are. */
export type MergeRule = (base: Node, override: Node, spot: MergeSpot) => Node;

/** `override` laid over `base` by the attribute's rule. */
export function mergeNodes(base: Node, override: Node, spot: MergeSpot): Node {
	const rule = spot.rules?.value;
	return rule === undefined ? mergeTrees(base, override, spot) : rule(base, override, spot);
}

/** Mappings merge by key, lists append, scalars replace. A null override says nothing and keeps the base. */
export function mergeTrees(base: Node, override: Node, spot: MergeSpot): Node {
	if (isNull(override)) return base;
	if (isNull(base)) return override;
	if (base.kind === 'mapping' && override.kind === 'mapping') return mergeMappings(base, override, spot);
	if (base.kind === 'sequence' && override.kind === 'sequence') {
		return { ...override, items: [...base.items, ...override.items] };
	}
	if (base.kind === 'scalar' && override.kind === 'scalar') return inPlaceOf(base, override);
	const message = `a ${words[override.kind]} cannot override the ${words[base.kind]} of an earlier file`;
	const hint = 'Write the value in the same form as before, or tag it `!override`.';
	spot.findings.error('MERGE_CONFLICT', message, { at: override.at, path: spot.path, hint });
	return base;
}

const words = { mapping: 'mapping', sequence: 'list', scalar: 'single value' } as const;

export const isNull = (node: Node): boolean => node.kind === 'scalar' && node.value === null;

function mergeMappings(base: MappingNode, override: MappingNode, spot: MergeSpot): MappingNode {
	const entries = new Map(base.entries);
	for (const [key, entry] of override.entries) {
		const before = entries.get(key);
		const value = before === undefined ? entry.value : mergeNodes(before.value, entry.value, inside(spot, key));
		entries.set(key, { ...entry, value });
	}
	return { ...override, entries };
}

const inside = (spot: MergeSpot, key: string): MergeSpot => ({
	...spot,
	path: [...spot.path, key],
	rules: childTable(spot.rules, key),
});
