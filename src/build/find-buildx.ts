import { LabcError } from '../errors/labc-error.ts';
import { findOnPath, findPlugin, type PluginSearch } from '../programs/find-plugin.ts';

/** The buildx program: docker's plugin of that name, which also runs on its own, or one on the PATH. */
export async function findBuildx(search: PluginSearch): Promise<string> {
	const found = (await findPlugin('buildx', search)) ?? (await findOnPath('docker-buildx', search));
	if (found !== undefined) return found;
	throw new LabcError('BUILD_UNAVAILABLE', 'building an image needs `docker buildx`, which is not installed', {
		hint: 'Install the package `docker-buildx-plugin` (docker.com) or `docker-buildx` (Debian), or put the program `docker-buildx` into `~/.docker/cli-plugins`.',
	});
}
