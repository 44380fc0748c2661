import type { MappingNode, Node } from '../../src/document/node.ts';
import { parseYaml } from '../../src/document/parse-yaml.ts';
import { toPlain } from '../../src/document/plain.ts';
import type { Diagnostic } from '../../src/errors/diagnostic.ts';
import { Findings } from '../../src/errors/findings.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import { mergeDocuments } from '../../src/loader/merge-documents.ts';

/** The documents of a YAML text that is right. */
export function parsed(text: string, name = 'compose.yaml'): readonly Node[] {
	const findings = new Findings();
	const trees = parseYaml({ path: name, text }, findings);
	findings.throwIfAny();
	return trees;
}

export const parsedOne = (text: string): Node => {
	const [tree] = parsed(text);
	if (tree === undefined) throw new Error('the text holds no document');
	return tree;
};

export interface TextLoad {
	readonly model: unknown;
	readonly warnings: readonly Diagnostic[];
}

/** The canonical tree of several files given as texts, the first one the base. Nothing touches a disk. */
export async function merged(
	texts: readonly string[],
	variables: Readonly<Record<string, string>> = {},
): Promise<TextLoad> {
	const findings = new Findings();
	const documents = texts.flatMap((text, index) => parsed(text, `${index + 1}.yaml`)) as MappingNode[];
	const model = await mergeDocuments(documents, new Map(Object.entries(variables)), findings);
	findings.throwIfAny();
	return { model: toPlain(model), warnings: findings.warnings };
}

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
