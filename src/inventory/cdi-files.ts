import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { toPlain } from '../document/plain.ts';
import { Findings } from '../errors/findings.ts';
import { type CdiDevice, devicesOfSpec } from './cdi.ts';

/** Where specs lie where the engine names no folders of its own. */
const usualFolders = ['/etc/cdi', '/var/run/cdi'];

/** Every device of the specs on this machine. What can't be read or is no spec names none. */
export async function readCdiFiles(folders: readonly string[]): Promise<readonly CdiDevice[]> {
	const files = await Promise.all((folders.length > 0 ? folders : usualFolders).map(specsIn));
	const devices = await Promise.all(files.flat().map(readSpec));
	return devices.flat();
}

async function specsIn(folder: string): Promise<readonly string[]> {
	const names = await readdir(folder).catch(() => []);
	return names.filter((name) => /\.(json|ya?ml)$/.test(name)).map((name) => path.join(folder, name));
}

async function readSpec(file: string): Promise<readonly CdiDevice[]> {
	try {
		const text = await readFile(file, 'utf8');
		return devicesOfSpec(file.endsWith('.json') ? JSON.parse(text) : await parsedYaml(file, text));
	} catch {
		return [];
	}
}

/** nvidia's own tool writes YAML. The parser is heavy, so that it is loaded for such a spec only. */
async function parsedYaml(file: string, text: string): Promise<unknown> {
	const { parseYaml } = await import('../document/parse-yaml.ts');
	const [document] = parseYaml({ path: file, text }, new Findings());
	return document === undefined ? undefined : toPlain(document.root);
}
