import type { Findings } from '../errors/findings.ts';
import type { MappingEntry, Node } from './node.ts';
import type { AttributePath } from './path.ts';

interface Spot {
	readonly path: AttributePath;
	readonly findings: Findings;
}

/** The entries of a mapping with its `<<` keys applied: its own entries win, then the first of a list of mappings. */
export function mergedEntries(
	own: ReadonlyMap<string, MappingEntry>,
	merges: readonly Node[],
	spot: Spot,
): ReadonlyMap<string, MappingEntry> {
	if (merges.length === 0) return own;
	const entries = new Map(own);
	for (const merge of merges) {
		for (const [key, entry] of sourcesOf(merge, spot)) {
			if (!entries.has(key)) entries.set(key, entry);
		}
	}
	return entries;
}

function* sourcesOf(merge: Node, { path, findings }: Spot): Iterable<readonly [string, MappingEntry]> {
	for (const source of merge.kind === 'sequence' ? merge.items : [merge]) {
		if (source.kind === 'mapping') yield* source.entries;
		else {
			findings.error('YAML_INVALID', '`<<` takes a mapping or a list of mappings', {
				at: source.at,
				path,
				hint: 'Name an anchored mapping, as in `<<: *defaults`.',
			});
		}
	}
}
