import type { MappingNode } from '../document/node.ts';
import { Findings } from '../errors/findings.ts';
import type { SourceFile } from '../errors/source-location.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import type { Variables } from '../options/variables.ts';
import { canonicaliseTyped } from './canonical/canonicalise.ts';
import { withReplicas } from './canonical/replicas.ts';
import { completeModel } from './complete-model.ts';
import { type ComposeSources, resolveSources } from './compose-sources.ts';
import { createFileReader } from './file-reader.ts';
import type { IncludedVariables, LoadScope } from './load-scope.ts';
import type { TreeRequest } from './loaded-project.ts';
import { mergeDocuments } from './merge-documents.ts';
import { normalise } from './normalise.ts';
import { nameProject } from './project-identity.ts';
import { emptyProject, readDocuments } from './read-documents.ts';
import { resolvePaths } from './resolve-paths.ts';

/** All files of a project as one canonical tree, before it is typed and anything is left out. */
export interface LoadedTree {
	/** As the files say it, where nothing is normalised. */
	readonly name: string;
	readonly tree: MappingNode;
	readonly sources: ComposeSources;
	/** What included files see, where that is not what the project's own see; once for each time one is included. */
	readonly included: ReadonlyMap<SourceFile, readonly IncludedVariables[]>;
	/** What secrets and configs are read from: the variables, and those that only included files know. */
	readonly contents: Variables;
	/** Files that were read or looked for so far. */
	readonly files: ReadonlySet<string>;
	/** What was found so far. Where errors are among it, the tree holds what is sound. */
	readonly findings: Findings;
}

/** Reads, merges and normalises the files the options mean. */
export async function loadTree(options: ProjectOptions, request: TreeRequest = {}): Promise<LoadedTree> {
	const files = new Set<string>();
	const findings = new Findings((file) => {
		files.add(file);
		request.onFile?.(file);
	});
	const tree = await readTree(options, request, findings).catch((error: unknown) => {
		throw findings.toldError(error);
	});
	return { ...tree, files };
}

async function readTree(
	options: ProjectOptions,
	{ without = [], onName }: TreeRequest,
	findings: Findings,
): Promise<Omit<LoadedTree, 'files'>> {
	const sources = await resolveSources(options, findings);
	findings.hideCredentials(sources.variables);
	const { documents, sources: files } = await readDocuments(sources, options, findings);
	const isInterpolated = !without.includes('interpolation');
	const { name, declared } = nameProject(options, {
		...sources,
		documents: documents.map(({ root }) => root),
		isInterpolated,
		findings,
	});
	onName?.(name);
	sources.variables.set('COMPOSE_PROJECT_NAME', name);
	const readFile = createFileReader({ env: options.env, findings });
	const secretVariables = new Map<string, string>();
	const included = new Map<SourceFile, readonly IncludedVariables[]>();
	const kept = { secretVariables, included };
	const scope: LoadScope = { ...sources, ...kept, isInterpolated, findings, readFile, including: [] };
	const merged = await mergeDocuments(documents, scope);
	if (merged.entries.size === 0) {
		findings.throwIfAny();
		throw emptyProject(files);
	}
	const model = completeModel(merged, scope);
	const base = { workingDir: sources.workingDir, home: sources.variables.get('HOME') };
	const resolved = without.includes('paths') ? model : (resolvePaths(model, base) as MappingNode);
	const values = isInterpolated ? sources.variables : undefined;
	const normal = without.includes('normalisation') ? resolved : normalise(resolved, name, values);
	const typed = isInterpolated ? (canonicaliseTyped(normal, findings) as MappingNode) : normal;
	const tree = isInterpolated && !without.includes('consistency') ? withReplicas(typed) : typed;
	const contents = new Map([...secretVariables, ...sources.variables]);
	const shown = without.includes('normalisation') ? (declared ?? name) : name;
	return { name: shown, tree, sources, included, contents, findings };
}
