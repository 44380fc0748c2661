import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectOptions } from '../../src/options/project-options.ts';
import { caseEnvironment } from './load-cases.ts';

/** A project that is refused, in one text: its files, `options.json` and, last, the errors it gets. */
export interface RefusalCase {
	readonly name: string;
	readonly file: string;
	readonly files: Readonly<Record<string, string>>;
	readonly options: Partial<ProjectOptions> & { readonly services?: readonly string[] };
	readonly errors: string;
}

const root = path.join(import.meta.dirname, '../golden/golden-data/refusals');

export const refusalCases = (): readonly RefusalCase[] =>
	readdirSync(root).map((name) => {
		const file = path.join(root, name);
		const parts = readFileSync(file, 'utf8')
			.split(/^=== /m)
			.slice(1)
			.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const);
		const { errors = '', 'options.json': options = '{}', ...files } = Object.fromEntries(parts);
		return { name: path.basename(name, '.txt'), file, files, options: JSON.parse(options), errors };
	});

/** Writes the errors of a case anew. */
export function updateErrors({ file }: RefusalCase, errors: string): void {
	const text = readFileSync(file, 'utf8');
	writeFileSync(file, `${text.slice(0, text.indexOf('=== errors\n'))}=== errors\n${errors}`);
}

/** Lays the files of a case out in a folder, and says how to load them. */
export function layOut({ files, options }: RefusalCase, folder: string): ProjectOptions {
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text);
	}
	return {
		files: [],
		projectName: undefined,
		projectDirectory: undefined,
		profiles: [],
		envFiles: [],
		compatibility: false,
		cwd: folder,
		...options,
		env: { ...caseEnvironment, ...options.env },
	};
}
