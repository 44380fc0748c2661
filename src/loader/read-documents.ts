import type { Document } from '../document/document.ts';
import type { MappingNode } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import { locate, type SourceFile } from '../errors/source-location.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { readSource } from '../sources/read-source.ts';
import type { ComposeSources } from './compose-sources.ts';
import { type Parsing, parseSource } from './parse-source.ts';

export interface ReadDocuments {
	readonly sources: readonly SourceFile[];
	/** In the order they are merged. */
	readonly documents: readonly Document<MappingNode>[];
}

/** The YAML documents of all Compose files. Throws where one cannot be used. */
export async function readDocuments(
	{ configFiles }: Pick<ComposeSources, 'configFiles'>,
	options: ProjectOptions,
	findings: Findings,
): Promise<ReadDocuments> {
	const isNamed = options.files.length > 0;
	for (const file of configFiles) if (file !== '-') findings.lookFor(file);
	const sources = await Promise.all(
		configFiles.map((file) =>
			readSource(file, { named: isNamed, role: 'Compose file', utf16: true, ...standardInputOf(options) }),
		),
	);
	const parsed = await Promise.all(sources.map((source) => documentsOf(source, { env: options.env, findings })));
	if (parsed.some(({ length }) => length === 0)) findings.throwIfAny();
	return { sources, documents: parsed.flat() };
}

const standardInputOf = ({ standardInput }: ProjectOptions) => (standardInput === undefined ? {} : { standardInput });

/** The documents of one file. A file of blanks and comments has none. */
export async function documentsOf(source: SourceFile, parsing: Parsing): Promise<readonly Document<MappingNode>[]> {
	const documents = await parseSource(source, parsing);
	if (isBlank(source)) return [];
	return documents.flatMap(({ root, resets }) => {
		if (root.kind === 'mapping') return [{ root, resets }];
		parsing.findings.error('SCHEMA_VIOLATION', 'a Compose file must hold a mapping of attributes', {
			at: root.at,
			hint: 'Start with `services:`.',
		});
		return [];
	});
}

const isBlank = ({ text }: SourceFile): boolean => text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));

/** What is wrong where all files together, and what they include, say nothing. */
export function emptyProject(sources: readonly SourceFile[]): LabcError {
	const shown = sources.map(({ path }) => `\`${path}\``).join(', ');
	const [source] = sources;
	const at = source === undefined ? undefined : locate({ source, offset: 0 });
	const message = sources.length === 1 ? `the Compose file ${shown} is empty` : `the Compose files ${shown} are empty`;
	return new LabcError('PROJECT_EMPTY', message, { at, hint: 'Declare at least one service under `services:`.' });
}
