import path from 'node:path';
import type { Document } from '../../src/document/document.ts';
import type { MappingNode, Node } from '../../src/document/node.ts';
import { parseYaml } from '../../src/document/parse-yaml.ts';
import { toPlain } from '../../src/document/plain.ts';
import type { Diagnostic } from '../../src/errors/diagnostic.ts';
import { Findings } from '../../src/errors/findings.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import { canonicaliseTyped } from '../../src/loader/canonical/canonicalise.ts';
import { mergeDocuments } from '../../src/loader/merge-documents.ts';

/** The documents of a YAML text that is right. */
export function parsedDocuments(text: string, name = 'compose.yaml'): readonly Document<MappingNode>[] {
	const findings = new Findings();
	const documents = parseYaml({ path: name, text }, findings);
	findings.throwIfAny();
	return documents as readonly Document<MappingNode>[];
}

export const parsed = (text: string, name?: string): readonly Node[] =>
	parsedDocuments(text, name).map(({ root }) => root);

export const parsedOne = (text: string): Node => {
	const [tree] = parsed(text);
	if (tree === undefined) throw new Error('the text holds no document');
	return tree;
};

export interface TextLoad {
	readonly model: unknown;
	readonly warnings: readonly Diagnostic[];
}

/** The folder that files of tests are said to be in. */
const textFolder = '/p';

export interface TextFiles {
	readonly variables?: Readonly<Record<string, string>>;
	/** What `extends` and `include` find, by path from the folder. */
	readonly files?: Readonly<Record<string, string>>;
}

/** The canonical tree of several files given as texts, the first one the base. Nothing touches a disk. */
export async function mergedFiles(
	texts: readonly string[],
	{ variables = {}, files = {} }: TextFiles,
): Promise<TextLoad> {
	const findings = new Findings();
	const documents = texts.flatMap((text, index) => parsedDocuments(text, path.join(textFolder, `${index + 1}.yaml`)));
	const model = await mergeDocuments(documents, {
		workingDir: textFolder,
		variables: new Map(Object.entries(variables)),
		isInterpolated: true,
		findings,
		readFile: async (file, place) => {
			const text = files[path.relative(textFolder, file)];
			if (text !== undefined) return parsedDocuments(text, file).filter(({ root }) => root.kind === 'mapping');
			findings.error('SOURCE_NOT_FOUND', `the Compose file \`${file}\` does not exist`, place);
			return undefined;
		},
		including: [],
	});
	const finished = canonicaliseTyped(model, findings);
	findings.throwIfAny();
	return { model: toPlain(finished), warnings: findings.warnings };
}

export const merged = (texts: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<TextLoad> =>
	mergedFiles(texts, { variables });

/** The service `a` of files that say `services: {a: ...}` in flow style. */
export async function mergedService(...services: readonly string[]): Promise<Record<string, unknown>> {
	const { model } = await merged(services.map((service) => `services: {a: ${service}}`));
	return (model as { services: { a: Record<string, unknown> } }).services.a;
}

/** As `merged`, for one file; findings of conversion end it too. */
export const loadText = (text: string, variables?: Readonly<Record<string, string>>): Promise<TextLoad> =>
	merged([text], variables);

/** What a load complains about, as `line:column path: message`. */
export async function problemsOf(load: () => Promise<unknown>): Promise<readonly string[]> {
	try {
		await load();
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		const found = error.diagnostics.length > 0 ? error.diagnostics : [error];
		return found.map((diagnostic) => {
			const path = 'path' in diagnostic ? diagnostic.path : undefined;
			return `${diagnostic.at?.line}:${diagnostic.at?.column} ${path ?? '-'}: ${diagnostic.message}`;
		});
	}
	return [];
}
