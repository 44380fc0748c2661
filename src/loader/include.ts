import path from 'node:path';
import type { Document } from '../document/document.ts';
import { type MappingNode, mappingNode } from '../document/node.ts';
import type { Variables } from '../options/variables.ts';
import { isFolder } from '../sources/locate.ts';
import { completeModel } from './complete-model.ts';
import { refuseRemote } from './file-reader.ts';
import { importResources } from './import-resources.ts';
import { type IncludeEntry, includeEntries, type NamedFile } from './include-entry.ts';
import { includedVariables } from './included-variables.ts';
import { fileOf, type LoadScope } from './load-scope.ts';
import { resolvePaths } from './resolve-paths.ts';

/** Merges documents into one model. It is given, since merging and including need each other. */
type Merge = (documents: readonly Document<MappingNode>[], scope: LoadScope) => Promise<MappingNode>;

/** A document with what the files it includes declare. Each entry is a model of its own, in its own folder. */
export async function applyInclude(
	document: Document<MappingNode>,
	scope: LoadScope,
	merge: Merge,
): Promise<Document<MappingNode>> {
	const { root } = document;
	const include = root.entries.get('include')?.value;
	if (include === undefined) return document;
	let result = mappingNode(
		[...root.entries].filter(([key]) => key !== 'include'),
		root.at,
	);
	const inside: LoadScope = { ...scope, including: [...scope.including, fileOf(root)] };
	for (const entry of includeEntries(include, scope.findings)) {
		const imported = await loadIncluded(entry, inside, merge);
		if (imported !== undefined) result = importResources(result, imported, scope.findings);
	}
	return { ...document, root: result };
}

/** The model of one entry, its paths as seen from the including one; undefined where a file is of no use. */
async function loadIncluded(entry: IncludeEntry, scope: LoadScope, merge: Merge): Promise<MappingNode | undefined> {
	const { findings, workingDir } = scope;
	const { files, projectDirectory } = entry;
	if (files.some(({ name, place }) => refuseRemote(name, place, findings))) return undefined;
	const main = path.resolve(workingDir, files[0].name);
	if (isCircle(main, files[0], scope)) return undefined;
	const folder = projectDirectory === undefined ? path.dirname(main) : path.resolve(workingDir, projectDirectory.name);
	const read = await Promise.all(files.map(({ name, place }) => scope.readFile(path.resolve(workingDir, name), place)));
	const known = await includedVariables(entry, folder, scope);
	if (known === undefined || read.includes(undefined)) return undefined;
	const documents = read.flatMap((each) => each ?? []);
	const inside = { ...scope, ...known, workingDir: folder };
	const model = completeModel(await merge(documents, inside), inside);
	return resolvePaths(model, pathBase(baseOf(folder, projectDirectory, workingDir), scope)) as MappingNode;
}

/**
 * Where relative paths are meant from: where a relative `project_directory` is no folder, from what stands before its
 * last slash, as for docker compose.
 */
function baseOf(folder: string, named: NamedFile | undefined, workingDir: string): string {
	if (named === undefined || path.isAbsolute(named.name) || isFolder(folder)) return folder;
	return path.resolve(workingDir, named.name.slice(0, named.name.lastIndexOf('/') + 1));
}

const pathBase = (folder: string, { workingDir, variables }: { workingDir: string; variables: Variables }) => ({
	workingDir: path.relative(workingDir, folder),
	home: variables.get('HOME'),
});

const depthLimit = 32;

function isCircle(file: string, { place }: NamedFile, { including, findings }: LoadScope): boolean {
	const isBack = including.includes(file);
	if (!isBack && including.length <= depthLimit) return false;
	const chain = [...including, file].map((each) => `\`${each}\``);
	const message = isBack
		? `files include each other in a circle: ${chain.join(' -> ')}`
		: `\`include\` goes deeper than ${depthLimit} files: ${chain.slice(0, 3).join(' -> ')} -> …`;
	findings.error('MODEL_DEPENDENCY_CYCLE', message, { ...place, hint: 'Remove one of the `include` in it.' });
	return true;
}
