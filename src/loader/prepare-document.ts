import type { Document } from '../document/document.ts';
import { type MappingNode, type Node, scalarNode } from '../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../document/path-table.ts';
import type { Variables } from '../options/variables.ts';
import { attemptWritten, canonicaliseWritten } from './canonical/canonicalise.ts';
import { isText } from './canonical/spot.ts';
import { interpolate } from './interpolate.ts';
import type { LoadScope } from './load-scope.ts';

/** A document with variables in place. They are those of the model it belongs to: an included one has its own. */
export function prepareDocument(document: Document<MappingNode>, scope: LoadScope): Document<MappingNode> {
	const { variables, findings, isInterpolated } = scope;
	if (!isInterpolated) return document;
	const root = interpolate(document.root, variables, findings);
	return { ...document, root: resolveListedNames(root, variables) as MappingNode };
}

/** Short forms brought to long ones, as far as they can be read with variables still in them. */
export const canonicaliseModel = (model: MappingNode, { isInterpolated, findings }: LoadScope): MappingNode =>
	(isInterpolated ? canonicaliseWritten(model, findings) : attemptWritten(model)) as MappingNode;

/** A bare name in a list of `environment` takes its value here; one in a mapping only when the project is complete. */
const resolveListedNames = (root: Node, variables: Variables): Node =>
	rewrite(
		root,
		pathTable<Rewriter>({
			'services.*.environment': (node) =>
				node.kind === 'sequence' ? { ...node, items: node.items.map((item) => withValue(item, variables)) } : node,
		}),
	);

function withValue(item: Node, variables: Variables): Node {
	const value = isText(item) ? variables.get(item.value) : undefined;
	return isText(item) && value !== undefined ? scalarNode(`${item.value}=${value}`, item.at) : item;
}
