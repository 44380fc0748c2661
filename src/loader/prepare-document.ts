import type { Document } from '../document/document.ts';
import type { MappingNode } from '../document/node.ts';
import { attemptWritten, canonicaliseWritten } from './canonical/canonicalise.ts';
import { interpolate } from './interpolate.ts';
import type { LoadScope } from './load-scope.ts';

/** A document with variables in place. They are those of the model it belongs to: an included one has its own. */
export function prepareDocument(document: Document<MappingNode>, scope: LoadScope): Document<MappingNode> {
	const { variables, findings, isInterpolated, added } = scope;
	if (added !== undefined) scope.included?.set(document.root.at.source, { variables, added });
	if (!isInterpolated) return document;
	return { ...document, root: interpolate(document.root, variables, findings) as MappingNode };
}

/** Short forms brought to long ones, as far as they can be read with variables still in them. */
export const canonicaliseModel = (model: MappingNode, { isInterpolated, findings }: LoadScope): MappingNode =>
	(isInterpolated ? canonicaliseWritten(model, findings) : attemptWritten(model)) as MappingNode;
