import type { Document } from '../document/document.ts';
import { childOf, type MappingNode } from '../document/node.ts';
import type { Variables } from '../options/variables.ts';
import { attemptWritten, canonicaliseWritten } from './canonical/canonicalise.ts';
import { isText } from './canonical/spot.ts';
import { fromVariables } from './complete-model.ts';
import { interpolate } from './interpolate.ts';
import type { LoadScope } from './load-scope.ts';

/** A document with variables in place. They are those of the model it belongs to: an included one has its own. */
export function prepareDocument(document: Document<MappingNode>, scope: LoadScope): Document<MappingNode> {
	const { variables, findings, isInterpolated, added } = scope;
	const { source } = document.root.at;
	if (added !== undefined) scope.included?.set(source, [...(scope.included.get(source) ?? []), { variables, added }]);
	findings.hide(secretContents(document.root, variables));
	if (!isInterpolated) return document;
	const root = interpolate(document.root, variables, findings) as MappingNode;
	findings.hide(secretContents(root, variables));
	return { ...document, root };
}

/** What the secrets of a document hold, as far as it stands in variables and in the document. */
function secretContents(root: MappingNode, variables: Variables): readonly string[] {
	const secrets = childOf(root, 'secrets');
	const declared = secrets?.kind === 'mapping' ? [...secrets.entries.values()] : [];
	const contents = declared.map(({ value }) => childOf(value, 'content')).filter(isText);
	const named = fromVariables(root, 'secrets').flatMap(({ name }) => variables.get(name) ?? []);
	return [...named, ...contents.map(({ value }) => value)];
}

/** Short forms brought to long ones, as far as they can be read with variables still in them. */
export const canonicaliseModel = (model: MappingNode, { isInterpolated, findings }: LoadScope): MappingNode =>
	(isInterpolated ? canonicaliseWritten(model, findings) : attemptWritten(model)) as MappingNode;
