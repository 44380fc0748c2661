import { stat } from 'node:fs/promises';
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
export async function locateComposeFiles(
	directory: string,
	findings: Findings,
): Promise<readonly string[] | undefined> {
	for (let folder = directory; ; folder = path.dirname(folder)) {
		const bases = await existing(folder, baseNames);
		if (bases[0] !== undefined) {
			const overrides = await existing(folder, overrideNames);
			warnOfSeveral('Compose file', bases, findings);
			warnOfSeveral('override file', overrides, findings);
			return [bases[0], ...overrides.slice(0, 1)];
		}
		if (path.dirname(folder) === folder) return undefined;
	}
}

/** Any kind of file counts, so that a pipe with such a name is refused by name and not silently passed over. */
async function existing(folder: string, names: readonly string[]): Promise<readonly string[]> {
	const candidates = names.map((name) => path.join(folder, name));
	const found = await Promise.all(candidates.map(exists));
	return candidates.filter((_, index) => found[index]);
}

async function exists(file: string): Promise<boolean> {
	try {
		return !(await stat(file)).isDirectory();
	} catch {
		return false;
	}
}

/** Whether a file that is looked for by default is there to be read; a folder or a pipe of that name is passed over. */
export async function isRegularFile(file: string): Promise<boolean> {
	try {
		return (await stat(file)).isFile();
	} catch {
		return false;
	}
}

function warnOfSeveral(role: string, [used, ...others]: readonly string[], findings: Findings): void {
	if (used === undefined || others.length === 0) return;
	const ignored = others.map((file) => `\`${path.basename(file)}\``).join(', ');
	findings.warning('SOURCE_AMBIGUOUS', `several files could be the ${role}: \`${used}\` is used, ${ignored} is not`, {
		hint: 'Keep one of them, or name the file with `-f`.',
	});
}
