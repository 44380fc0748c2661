/** Finding the programs that scripts compare labc with. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { stop } from './bench-tools.ts';

/** The full path of an executable, named by its path or, as in a shell, by a bare name on PATH; else the script ends. */
export function requireExecutable(word: string, hint: string): string {
	const folders = word.includes(path.sep) ? [''] : (process.env['PATH'] ?? '').split(path.delimiter);
	const found = folders.map((folder) => path.resolve(folder, word)).find(isExecutable);
	return found ?? stop(`\`${word}\` is no executable${word.includes(path.sep) ? '' : ' on PATH'}: ${hint}`);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
