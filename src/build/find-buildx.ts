import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LabcError } from '../errors/labc-error.ts';

export interface BuildxSearch {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly homeDir: string;
}

const program = 'docker-buildx';

/** Where docker itself looks for plugins of the whole machine. */
const systemDirs = [
	'/usr/local/lib/docker/cli-plugins',
	'/usr/local/libexec/docker/cli-plugins',
	'/usr/lib/docker/cli-plugins',
	'/usr/libexec/docker/cli-plugins',
];

/** The buildx program: docker's plugin of that name, which also runs on its own, or one on the PATH. */
export async function findBuildx({ env, homeDir }: BuildxSearch): Promise<string> {
	const configDir = env['DOCKER_CONFIG'] || path.join(homeDir, '.docker');
	const dirs = [
		...(await extraDirs(configDir)),
		path.join(configDir, 'cli-plugins'),
		...systemDirs,
		...(env['PATH'] ?? '').split(path.delimiter).filter((dir) => dir !== ''),
	];
	for (const dir of dirs) {
		const file = path.join(dir, program);
		if (await isExecutable(file)) return file;
	}
	throw new LabcError('BUILD_UNAVAILABLE', 'building an image needs `docker buildx`, which is not installed', {
		hint: 'Install the package `docker-buildx-plugin` (docker.com) or `docker-buildx` (Debian), or put the program `docker-buildx` into `~/.docker/cli-plugins`.',
	});
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
