import type { Document } from '../document/document.ts';
import type { MappingNode } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import { mergeNodes } from './merge/merge.ts';
import { withoutPaths } from './merge/resets.ts';
import { mergeRules } from './merge-rules.ts';

/** A document merged into what earlier ones gave. What it resets is taken away from them first. */
export function layOver(
	model: MappingNode | undefined,
	{ root, resets }: Document<MappingNode>,
	findings: Findings,
): MappingNode {
	if (model === undefined) return root;
	return mergeNodes(withoutPaths(model, resets), root, { path: [], findings, rules: mergeRules }) as MappingNode;
}
