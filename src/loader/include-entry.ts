import { childOf, type Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import type { Findings } from '../errors/findings.ts';
import { isNull, isText } from './canonical/spot.ts';
import { describeValue } from './expectation.ts';

/** One entry of `include`, in its long form. */
export interface IncludeEntry {
	/** The main file, then those that are laid over it. */
	readonly files: readonly [NamedFile, ...NamedFile[]];
	readonly projectDirectory: NamedFile | undefined;
	readonly envFiles: readonly NamedFile[];
}

/** A path, and where it is written. */
export interface NamedFile {
	readonly name: string;
	readonly place: { readonly at: Node['at']; readonly path: AttributePath };
}

/** The entries of `include`. What is no entry is reported and left out. */
export function includeEntries(include: Node, findings: Findings): readonly IncludeEntry[] {
	if (include.kind === 'scalar' && include.value === null) return [];
	if (include.kind === 'sequence') {
		return include.items.flatMap((item, index) => entryOf(item, { path: ['include', index], findings }) ?? []);
	}
	refuse(include, 'a list of files', { path: ['include'], findings });
	return [];
}

interface Spot {
	readonly path: AttributePath;
	readonly findings: Findings;
}

function refuse(node: Node, expected: string, { path, findings }: Spot): undefined {
	const message = `\`${path.join('.')}\` must be ${expected}, found ${describeValue(node)}`;
	findings.error('SCHEMA_VIOLATION', message, { at: node.at, path, hint: `Write ${expected} here.` });
}

/** What is null or an empty list says nothing, as for docker compose. */
function entryOf(item: Node, spot: Spot): IncludeEntry | undefined {
	if (isNull(item)) return undefined;
	const node = isText(item) ? item : childOf(item, 'path');
	if (node === undefined) return refuse(item, 'a path, or a mapping with `path`', spot);
	const at = (key: string): Spot => ({ ...spot, path: [...spot.path, key] });
	const [main, ...overrides] = namedFiles(node, isText(item) ? spot : at('path'));
	if (main === undefined) return undefined;
	const folder = namedFiles(childOf(item, 'project_directory'), at('project_directory'))[0];
	const envFiles = namedFiles(childOf(item, 'env_file'), at('env_file'));
	return { files: [main, ...overrides], projectDirectory: folder?.name === '' ? undefined : folder, envFiles };
}

/** A text or a list of texts. */
function namedFiles(node: Node | undefined, spot: Spot): readonly NamedFile[] {
	if (node === undefined || isNull(node)) return [];
	if (isText(node)) return [{ name: node.value, place: { at: node.at, path: spot.path } }];
	if (node.kind === 'sequence') {
		return node.items.flatMap((item, index) => namedFiles(item, { ...spot, path: [...spot.path, index] }));
	}
	refuse(node, 'a path or a list of paths', spot);
	return [];
}
