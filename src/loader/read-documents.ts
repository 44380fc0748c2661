import type { MappingNode } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { readSource } from '../sources/read-source.ts';
import type { ComposeSources } from './compose-sources.ts';
import { parseSource } from './parse-source.ts';

/** The YAML documents of all Compose files, in the order they are merged. Throws where one cannot be used. */
export async function readDocuments(
	{ configFiles }: ComposeSources,
	options: ProjectOptions,
	findings: Findings,
): Promise<readonly MappingNode[]> {
	const isNamed = options.files.length > 0;
	const sources = await Promise.all(
		configFiles.map((file) => readSource(file, { named: isNamed, role: 'Compose file', ...standardInputOf(options) })),
	);
	const parsed = await Promise.all(
		sources.map(async (source) => ({ source, trees: await parseSource(source, { env: options.env, findings }) })),
	);
	const documents = parsed.flatMap(({ source, trees }) => {
		if (trees.length === 0 && !findings.hasErrors) reportEmpty(source, findings);
		return trees.flatMap((tree) => {
			if (tree.kind === 'mapping') return [tree];
			if (isBlank(source)) reportEmpty(source, findings);
			else {
				findings.error('SCHEMA_VIOLATION', 'a Compose file must hold a mapping of attributes', {
					at: tree.at,
					hint: 'Start with `services:`.',
				});
			}
			return [];
		});
	});
	findings.throwIfAny();
	return documents;
}

const standardInputOf = ({ standardInput }: ProjectOptions) => (standardInput === undefined ? {} : { standardInput });

const isBlank = (source: SourceFile): boolean => /^(?:\s*(?:#.*)?\n?)*$/.test(source.text);

function reportEmpty(source: SourceFile, findings: Findings): void {
	findings.error('PROJECT_EMPTY', `the Compose file \`${source.path}\` is empty`, {
		at: { source, offset: 0 },
		hint: 'Declare at least one service under `services:`.',
	});
}
