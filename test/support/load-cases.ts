import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProjectOptions } from '../../src/options/project-options.ts';

export interface LoadCase {
	readonly name: string;
	readonly folder: string;
	/** Options and selection of `options.json`, where the case has one. */
	readonly files: readonly string[];
	readonly profiles: readonly string[];
	readonly services: readonly string[];
}

const root = path.join(import.meta.dirname, '../golden/golden-data/load');

/** The cases that pin what loading gives, one folder each. */
export const loadCases = (): readonly LoadCase[] =>
	readdirSync(root).map((name) => {
		const folder = path.join(root, name);
		const file = path.join(folder, 'options.json');
		const options = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
		return { name, folder, files: [], profiles: [], services: [], ...options };
	});

/** The environment is the same everywhere, so that goldens are. */
export const caseEnvironment = { HOME: '/home/yuki' };

export const optionsOf = ({ folder, files, profiles }: LoadCase): ProjectOptions => ({
	files,
	projectName: undefined,
	projectDirectory: undefined,
	profiles,
	envFiles: [],
	compatibility: false,
	cwd: folder,
	env: caseEnvironment,
});
