import { type MappingNode, mappingNode } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Variables } from '../options/variables.ts';
import { canonicalise, canonicaliseMerged } from './canonical/canonicalise.ts';
import { interpolate } from './interpolate.ts';
import { mergeNodes, withoutResets } from './merge/merge.ts';
import { removeDuplicates } from './merge/unique.ts';
import { mergeRules } from './merge-rules.ts';
import { validate } from './validate.ts';

/** One canonical tree out of all documents: each is laid over what the earlier ones gave, and the result is checked. */
export async function mergeDocuments(
	documents: readonly MappingNode[],
	variables: Variables,
	findings: Findings,
): Promise<MappingNode> {
	const interpolated = documents.map((document) => interpolate(document, variables, findings) as MappingNode);
	let model: MappingNode | undefined;
	for (const document of interpolated) {
		const merged = removeDuplicates(layOver(model, document, findings)) as MappingNode;
		await validate(merged, findings);
		findings.throwIfAny();
		model = removeDuplicates(canonicalise(withoutVersion(merged, findings), findings)) as MappingNode;
	}
	if (model === undefined)
		throw new LabcError('PROJECT_EMPTY', 'no Compose file was given', { hint: 'Name one with `-f`.' });
	return canonicaliseMerged(model, findings) as MappingNode;
}

function layOver(model: MappingNode | undefined, document: MappingNode, findings: Findings): MappingNode {
	if (model === undefined) return withoutResets(document) as MappingNode;
	return mergeNodes(model, document, { path: [], findings, rules: mergeRules }) as MappingNode;
}

function withoutVersion(model: MappingNode, findings: Findings): MappingNode {
	const version = model.entries.get('version');
	if (version === undefined) return model;
	findings.warning(
		'ATTRIBUTE_OBSOLETE',
		`\`${version.keyAt.source.path}\`: the attribute \`version\` is obsolete and ignored`,
		{
			at: version.keyAt,
			path: ['version'],
			hint: 'Remove it.',
		},
	);
	return mappingNode(
		[...model.entries].filter(([key]) => key !== 'version'),
		model.at,
	);
}
