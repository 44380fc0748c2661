import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { toPlain } from '../document/plain.ts';
import { Findings } from '../errors/findings.ts';
import { type CdiDevice, devicesOfSpec } from './cdi.ts';

/** Where specs lie where the engine names no folders of its own. */
const usualFolders = ['/etc/cdi', '/var/run/cdi'];

export interface CdiSpec {
	readonly file: string;
	/** Undefined where it can't be read or is no spec. */
	readonly devices: readonly CdiDevice[] | undefined;
}

/** Every spec on this machine, and what it names. */
export async function readCdiSpecs(folders: readonly string[]): Promise<readonly CdiSpec[]> {
	const files = await Promise.all((folders.length > 0 ? folders : usualFolders).map(specsIn));
	return Promise.all(files.flat().map(async (file) => ({ file, devices: await readSpec(file) })));
}

async function specsIn(folder: string): Promise<readonly string[]> {
	const names = await readdir(folder).catch(() => []);
	return names.filter((name) => /\.(json|ya?ml)$/.test(name)).map((name) => path.join(folder, name));
}

async function readSpec(file: string): Promise<readonly CdiDevice[] | undefined> {
	try {
		const text = await readFile(file, 'utf8');
		return devicesOfSpec(file.endsWith('.json') ? JSON.parse(text) : await parsedYaml(file, text));
	} catch {
		return undefined;
	}
}

/** nvidia's own tool writes YAML. The parser is heavy, so that it is loaded for such a spec only. */
async function parsedYaml(file: string, text: string): Promise<unknown> {
	const { parseYaml } = await import('../document/parse-yaml.ts');
	const [document] = parseYaml({ path: file, text }, new Findings());
	return document === undefined ? undefined : toPlain(document.root);
}
