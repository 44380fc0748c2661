import type { Document } from '../document/document.ts';
import type { MappingNode } from '../document/node.ts';
import type { FindingPlace, Findings } from '../errors/findings.ts';
import { LabcError } from '../errors/labc-error.ts';
import { readSource } from '../sources/read-source.ts';
import { documentsOf } from './read-documents.ts';

/** Reads a Compose file that another one names at `place`. What is wrong with it is found there; then it is undefined. */
export type FileReader = (file: string, place: FindingPlace) => Promise<readonly Document<MappingNode>[] | undefined>;

/** More files than any real project has; past this a project is an attack or an accident. */
const fileLimit = 256;

interface Reading {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly findings: Findings;
}

/** A reader that reads each file once. Only regular files are taken: nobody named these on a command line. */
export function createFileReader({ env, findings }: Reading): FileReader {
	const files = new Map<string, Promise<readonly Document<MappingNode>[]>>();
	const read = async (file: string): Promise<readonly Document<MappingNode>[]> => {
		if (files.size > fileLimit) throw tooManyFiles();
		findings.lookFor(file);
		return documentsOf(await readSource(file, { named: false, role: 'Compose file', utf16: true }), { env, findings });
	};
	return async (file, place) => {
		const documents = files.get(file) ?? read(file);
		files.set(file, documents);
		try {
			return await documents;
		} catch (error) {
			if (!(error instanceof LabcError)) throw error;
			findings.error(error.code, error.message, { ...place, hint: error.hint });
			return undefined;
		}
	};
}

const tooManyFiles = (): LabcError =>
	new LabcError('SOURCE_UNREADABLE', `the project is made of more than ${fileLimit} files`, {
		hint: 'Include and extend fewer files.',
	});

/** Files that docker compose would fetch from elsewhere. */
const remotePattern = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i;

/** Reports a file that is not on this machine; true where it is one. */
export function refuseRemote(file: string, place: FindingPlace, findings: Findings): boolean {
	if (!remotePattern.test(file)) return false;
	findings.error('ATTRIBUTE_UNSUPPORTED', `\`${file}\` is a remote file, and labc reads only files of this machine`, {
		...place,
		hint: 'Download it, and write its path here.',
	});
	return true;
}
