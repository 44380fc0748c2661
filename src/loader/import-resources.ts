import { childOf, type MappingEntry, type MappingNode, type Node } from '../document/node.ts';
import { toPlain } from '../document/plain.ts';
import type { Findings } from '../errors/findings.ts';
import { locate } from '../errors/source-location.ts';
import { withEntry } from './canonical/spot.ts';

const sections = ['services', 'volumes', 'networks', 'secrets', 'configs', 'models'];

/** A document with the services and resources of an included model. What both declare must be the same. */
export const importResources = (into: MappingNode, imported: MappingNode, findings: Findings): MappingNode =>
	sections.reduce((root, section) => importSection(root, { section, imported, findings }), into);

interface Import {
	readonly section: string;
	readonly imported: MappingNode;
	readonly findings: Findings;
}

function importSection(root: MappingNode, { section, imported, findings }: Import): MappingNode {
	const added = childOf(imported, section);
	if (added?.kind !== 'mapping') return root;
	const own = childOf(root, section);
	if (own?.kind !== 'mapping') return withEntry(root, section, added);
	const entries = new Map(own.entries);
	for (const [name, entry] of added.entries) {
		const before = entries.get(name);
		if (before === undefined) entries.set(name, entry);
		else if (!isSame(before.value, entry.value)) reportConflict([section, name], { before, entry, findings });
	}
	return withEntry(root, section, { ...own, entries });
}

/** Docker compose compares the two with some of their short forms still unread. Few files need the module for it. */
const isSame = (own: Node, imported: Node): boolean =>
	process.getBuiltinModule('node:util').isDeepStrictEqual(toPlain(own), toPlain(imported));

interface Conflict {
	readonly before: MappingEntry;
	readonly entry: MappingEntry;
	readonly findings: Findings;
}

function reportConflict(path: readonly string[], { before, entry, findings }: Conflict): void {
	const name = `\`${path.join('.')}\``;
	if (entry.keyAt.source === before.keyAt.source && entry.keyAt.offset === before.keyAt.offset) {
		findings.error('MERGE_CONFLICT', `${name} is another one each time that its file is included`, {
			at: before.keyAt,
			path,
			hint: 'Give it the same variables each time, or include its file once.',
		});
		return;
	}
	const { file, line } = locate(entry.keyAt);
	findings.error('MERGE_CONFLICT', `${name} is also declared at \`${file}:${line}\`, which is included`, {
		at: before.keyAt,
		path,
		hint: 'Rename one of the two, or change the included one in an override file.',
	});
}
