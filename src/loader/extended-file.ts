import path from 'node:path';
import { childOf, type MappingNode } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import type { FindingPlace } from '../errors/findings.ts';
import { refuseRemote } from './file-reader.ts';
import { layOver } from './lay-over.ts';
import type { LoadScope } from './load-scope.ts';
import { removeDuplicates } from './merge/unique.ts';
import { canonicaliseModel, prepareDocument } from './prepare-document.ts';
import { resolvePaths } from './resolve-paths.ts';

/** Another file's services, ready to be extended. */
export interface ExtendedFile {
	/** Absolute. */
	readonly file: string;
	readonly services: MappingNode;
	readonly resets: readonly AttributePath[];
}

/**
 * Reads the file that an `extends` names. Only its services count. Relative paths in it are meant from its own folder,
 * so they are rewritten as seen from the project's. It need not be right alone: what it becomes part of is checked.
 */
export async function readExtendedFile(
	name: string,
	place: FindingPlace,
	scope: LoadScope,
): Promise<ExtendedFile | undefined> {
	const { findings, workingDir } = scope;
	if (refuseRemote(name, place, findings)) return undefined;
	const file = path.resolve(workingDir, name);
	const documents = await scope.readFile(file, place);
	if (documents === undefined) return undefined;
	let model: MappingNode | undefined;
	for (const document of documents.map((each) => prepareDocument(each, scope))) {
		const merged = removeDuplicates(layOver(model, document, findings)) as MappingNode;
		model = removeDuplicates(canonicaliseModel(merged, scope)) as MappingNode;
	}
	const services = childOf(model, 'services');
	if (model === undefined || services?.kind !== 'mapping') {
		const hint = 'Name a file that has `services:`.';
		findings.error('MODEL_UNDEFINED_REFERENCE', `\`${file}\` has no services to extend`, { ...place, hint });
		return undefined;
	}
	const base = { workingDir: path.relative(workingDir, path.dirname(file)), home: scope.variables.get('HOME') };
	const resolved = resolvePaths(model, base);
	return { file, services: childOf(resolved, 'services') as MappingNode, resets: documents.at(-1)?.resets ?? [] };
}
