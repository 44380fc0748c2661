import type { Document } from '../document/document.ts';
import { type MappingNode, mappingNode } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import { applyExtends } from './extends.ts';
import { applyInclude } from './include.ts';
import { layOver } from './lay-over.ts';
import type { LoadScope } from './load-scope.ts';
import { removeDuplicates } from './merge/unique.ts';
import { canonicaliseModel, prepareDocument } from './prepare-document.ts';
import { validate } from './validate.ts';
import { isPastRepair, withoutFailed } from './without-failed.ts';

/** One canonical tree out of all documents: each is laid over what the earlier ones gave, and the result is checked. */
export async function mergeDocuments(
	documents: readonly Document<MappingNode>[],
	scope: LoadScope,
): Promise<MappingNode> {
	const { findings } = scope;
	const prepared = documents.map((document) => prepareDocument(document, scope));
	let model: MappingNode | undefined;
	for (const document of prepared) {
		const extended = await applyExtends(document, scope);
		const complete = await applyInclude(extended, scope, mergeDocuments);
		const merged = removeDuplicates(layOver(model, complete, findings)) as MappingNode;
		findings.endStep();
		await validate(merged, findings);
		if (isPastRepair(findings)) findings.throwIfAny();
		const sound = withoutFailed(withoutVersion(merged, findings), findings);
		findings.endStep();
		model = removeDuplicates(canonicaliseModel(sound, scope)) as MappingNode;
	}
	return model ?? mappingNode([], { source: { path: '', text: '' }, offset: 0 });
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
