import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface PluginSearch {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly homeDir: string;
}

/** Where docker itself looks for plugins of the whole machine. */
const systemDirs = [
	'/usr/local/lib/docker/cli-plugins',
	'/usr/local/libexec/docker/cli-plugins',
	'/usr/lib/docker/cli-plugins',
	'/usr/libexec/docker/cli-plugins',
];

/** Docker's plugin of that name, `docker-NAME`; undefined where there is none. */
export async function findPlugin(name: string, { env, homeDir }: PluginSearch): Promise<string | undefined> {
	const configDir = env['DOCKER_CONFIG'] || path.join(homeDir, '.docker');
	const dirs = [...(await extraDirs(configDir)), path.join(configDir, 'cli-plugins'), ...systemDirs];
	return firstExecutable(dirs, `docker-${name}`);
}

/** A program of the PATH, or the file itself where a path is given. */
export async function findOnPath(program: string, { env }: PluginSearch): Promise<string | undefined> {
	if (program.includes('/')) return (await isExecutable(program)) ? program : undefined;
	return firstExecutable(
		(env['PATH'] ?? '').split(path.delimiter).filter((dir) => dir !== ''),
		program,
	);
}

async function firstExecutable(dirs: readonly string[], program: string): Promise<string | undefined> {
	for (const dir of dirs) {
		const file = path.join(dir, program);
		if (await isExecutable(file)) return file;
	}
	return undefined;
}

/** `cliPluginsExtraDirs` of docker's settings. What can't be read there names no folders. */
async function extraDirs(configDir: string): Promise<readonly string[]> {
	try {
		const config: unknown = JSON.parse(await readFile(path.join(configDir, 'config.json'), 'utf8'));
		const dirs = (config as { readonly cliPluginsExtraDirs?: unknown }).cliPluginsExtraDirs;
		return Array.isArray(dirs) ? dirs.filter((dir) => typeof dir === 'string') : [];
	} catch {
		return [];
	}
}

const isExecutable = (file: string): Promise<boolean> =>
	access(file, constants.X_OK).then(
		() => true,
		() => false,
	);
