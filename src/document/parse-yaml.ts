import { Composer, type Document as YamlDocument } from 'yaml';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import { buildTree } from './build-tree.ts';
import type { Document } from './document.ts';
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
		reportSyntaxErrors(parsed, source, findings);
		if (parsed.errors.length > 0) return [];
		const document = buildTree(parsed.contents, source, findings);
		if (document !== undefined) documents.push(document);
	}
	return documents;
}

/** Only the first one: the others tend to be its echo. */
function reportSyntaxErrors(document: YamlDocument.Parsed, source: SourceFile, findings: Findings): void {
	const [error] = document.errors;
	if (error === undefined) return;
	findings.error('YAML_INVALID', `this is not valid YAML: ${wordingOf(error.code, error.message)}`, {
		at: { source, offset: error.pos[0] },
		hint: hintByCode[error.code] ?? 'Check indentation, quotes and brackets around this place.',
	});
}

const wordingOf = (code: string, message: string): string =>
	wordingByCode[code] ?? `${message.charAt(0).toLowerCase()}${message.slice(1)}`;

const wordingByCode: Readonly<Record<string, string>> = {
	BLOCK_AS_IMPLICIT_KEY: 'a second `: ` on one line',
	TAB_AS_INDENT: 'a tab is used for indentation',
};

const hintByCode: Readonly<Record<string, string>> = {
	BLOCK_AS_IMPLICIT_KEY: 'Put the value in quotes, or the inner key on a line of its own.',
	TAB_AS_INDENT: 'Indent with spaces.',
	BAD_SCALAR_START: 'Put the value in quotes.',
};
