import { lstatSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { Findings } from '../errors/findings.ts';

const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
	'compose.override.yml',
	'compose.override.yaml',
	'docker-compose.override.yml',
	'docker-compose.override.yaml',
];

/** The Compose file of `directory` or of the nearest folder above, with its override file; undefined where there is none. */
export function locateComposeFiles(directory: string, findings: Findings): readonly string[] | undefined {
	for (let folder = directory; ; folder = path.dirname(folder)) {
		const bases = existing(folder, baseNames);
		if (bases[0] !== undefined) {
			// One that comes later may take the place of another, or lie over it.
			for (const name of [...baseNames, ...overrideNames]) findings.lookFor(path.join(folder, name));
			const overrides = existing(folder, overrideNames);
			warnOfSeveral('Compose file', bases, findings);
			warnOfSeveral('override file', overrides, findings);
			return [bases[0], ...overrides.slice(0, 1)];
		}
		if (path.dirname(folder) === folder) return undefined;
	}
}

/** Any kind of file counts, so that a pipe with such a name is refused by name and not silently passed over. */
function existing(folder: string, names: readonly string[]): readonly string[] {
	return names.map((name) => path.join(folder, name)).filter((file) => kindOf(file)?.isDirectory() === false);
}

/** Asked for at once: handing a dozen such questions to other threads takes longer than all the answers. */
function kindOf(file: string): Stats | undefined {
	try {
		return statSync(file, { throwIfNoEntry: false });
	} catch {
		return undefined;
	}
}

/** Whether a file that is looked for by default is there to be read; a folder or a pipe of that name is passed over. */
export const isRegularFile = (file: string): boolean => kindOf(file)?.isFile() === true;

export const isFolder = (file: string): boolean => kindOf(file)?.isDirectory() === true;

/** Whether `folder` itself is a link; links on the way to it do not count. */
export const isSymbolicLink = (folder: string): boolean =>
	lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;

function warnOfSeveral(role: string, [used, ...others]: readonly string[], findings: Findings): void {
	if (used === undefined || others.length === 0) return;
	const ignored = others.map((file) => `\`${path.basename(file)}\``).join(', ');
	findings.warning('SOURCE_AMBIGUOUS', `several files could be the ${role}: \`${used}\` is used, ${ignored} is not`, {
		hint: 'Keep one of them, or name the file with `-f`.',
	});
}
