import { type MappingEntry, type MappingNode, mappingNode, type Node } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';

const sections: ReadonlySet<string> = new Set([
	'services',
	'networks',
	'volumes',
	'secrets',
	'configs',
	'models',
	'include',
]);

/** Whether so much is wrong or missing that what later steps would find is not kept, or only an echo. */
export const isPastRepair = ({ errors, isFull }: Findings): boolean =>
	isFull ||
	errors.some(
		({ code, path = '' }) =>
			path === '' || sections.has(path) || path.startsWith('include.') || code === 'MODEL_DEPENDENCY_CYCLE',
	);

/**
 * A model without the attributes something is wrong with, so that later steps can look at the rest. A service or
 * resource that is no mapping stays, empty, since others may name it; lists go as a whole, so that places keep
 * their numbers.
 */
export function withoutFailed(model: MappingNode, { errors }: Findings): MappingNode {
	const failed = new Set(errors.flatMap(({ path }) => (path === undefined ? [] : [path])));
	return failed.size === 0 ? model : prune(model, [], failed);
}

function prune(node: MappingNode, path: readonly string[], failed: ReadonlySet<string>): MappingNode {
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of node.entries) {
		const value = pruned(entry.value, [...path, key], failed);
		if (value !== undefined) entries.set(key, { ...entry, value });
	}
	return { ...node, entries };
}

function pruned(node: Node, path: readonly string[], failed: ReadonlySet<string>): Node | undefined {
	const place = path.join('.');
	const isNamed = path.length === 2 && sections.has(path[0] ?? '');
	if (node.kind === 'mapping' && (isNamed || !failed.has(place))) return prune(node, path, failed);
	if (failed.has(place)) return isNamed ? mappingNode([], node.at) : undefined;
	const isBroken = node.kind === 'sequence' && [...failed].some((other) => other.startsWith(`${place}.`));
	return isBroken ? undefined : node;
}
