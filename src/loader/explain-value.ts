import { mentionedVariables } from '../document/mentioned-variables.ts';
import type { Node } from '../document/node.ts';
import { type Plain, toPlain } from '../document/plain.ts';
import { Findings } from '../errors/findings.ts';
import { locate, type Position, type SourceLocation } from '../errors/source-location.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { envTextAt } from '../sources/env-line.ts';
import { withEnvFilesOf } from './explain-env-files.ts';
import { findPath } from './find-path.ts';
import type { LoadedTree } from './load-tree.ts';
import { type TracedVariable, traceVariable } from './trace-variable.ts';

/** A text in a file that a value comes from. */
export interface WrittenPlace {
	readonly at: SourceLocation;
	/** The text, with its variables; undefined where a structure stands. */
	readonly text: string | undefined;
}

export interface ExplainedValue {
	readonly path: readonly (string | number)[];
	readonly value: Plain;
	readonly written: WrittenPlace;
	/** Nobody wrote it: labc spells it out, because of what stands at the place. */
	readonly isImplied: boolean;
	readonly variables: readonly TracedVariable[];
	/** What earlier files said, the strongest first. */
	readonly replaced: readonly WrittenPlace[];
}

/** Where the value at `path` comes from: through merges, extends, env files, short forms and variables. */
export async function explainValue(path: string, loaded: LoadedTree, options: ProjectOptions): Promise<ExplainedValue> {
	const { parseYaml } = await import('../document/parse-yaml.ts');
	const { tree, envFiles } = await withEnvFilesOf(path, loaded.tree, loaded.sources.variables);
	const found = findPath(tree, path);
	const { node } = found;
	const writtenAt = (place: Position): Node | undefined =>
		parseYaml(place.source, new Findings())
			.map(({ root }) => nodeStandingAt(root, place.offset))
			.find((match) => match !== undefined);
	const placeOf = (place: Position): WrittenPlace => ({
		at: locate(place),
		text: envFiles.has(place.source) ? envTextAt(place) : textOf(writtenAt(place)),
	});
	const written = placeOf(node.at);
	// What a file declares that is included again must be the same, and stays as it was the first time.
	const [seen] = loaded.included.get(node.at.source) ?? [];
	const names = new Set(mentionedVariables(written.text ?? '').map(({ name }) => name));
	return {
		path: found.path,
		value: toPlain(node),
		written,
		isImplied: node.kind === 'scalar' && written.text === undefined,
		variables: await Promise.all([...names].map((name) => traceVariable(name, options, loaded.sources, seen))),
		replaced: (node.replaces ?? []).map(placeOf).reverse(),
	};
}

/** Of the nodes that begin at `offset`, the innermost. */
function nodeStandingAt(node: Node, offset: number): Node | undefined {
	const children = node.kind === 'sequence' ? node.items : node.kind === 'mapping' ? valuesOf(node) : [];
	for (const child of children) {
		const found = nodeStandingAt(child, offset);
		if (found !== undefined) return found;
	}
	return node.at.offset === offset ? node : undefined;
}

const valuesOf = (node: Extract<Node, { kind: 'mapping' }>): readonly Node[] =>
	[...node.entries.values()].map(({ value }) => value);

const textOf = (node: Node | undefined): string | undefined =>
	node?.kind === 'scalar' ? String(node.value ?? '') : undefined;
