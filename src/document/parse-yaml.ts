import { Composer } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import { buildTree } from './build-tree.ts';
import type { Document } from './document.ts';
import { reportSyntaxError } from './syntax-error.ts';
import { tokensOf } from './yaml-limits.ts';

/**
 * The documents of a file, as trees with positions. What is no YAML is a finding and gives none.
 * The parser is heavy: import this module at the point of need.
 */
export function parseYaml(source: SourceFile, findings: Findings): readonly Document[] {
	const tokens = tokensOf(source, findings);
	if (tokens === undefined) return [];
	const composer = new Composer({
		schema: 'failsafe',
		version: '1.2',
		uniqueKeys: false,
		merge: false,
		resolveKnownTags: false,
		logLevel: 'silent',
		prettyErrors: false,
	});
	const documents: Document[] = [];
	for (const parsed of composer.compose(tokens, true, source.text.length)) {
		reportSyntaxError(parsed, source, findings);
		if (parsed.errors.length > 0) return [];
		const document = buildTree(parsed.contents, source, findings);
		if (document !== undefined) documents.push(document);
	}
	return documents;
}
