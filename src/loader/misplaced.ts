import type { Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';

/** What people write for an attribute of a service, in other tools or in the first version of the format. */
const meant: ReadonlyMap<string, string> = new Map([
	['cmd', 'command'],
	['context', 'build.context'],
	['cpu', 'cpus'],
	['dockerfile', 'build.dockerfile'],
	['env', 'environment'],
	['gpu', 'gpus'],
	['log_driver', 'logging.driver'],
	['log_opt', 'logging.options'],
	['memory', 'mem_limit'],
	['memory_limit', 'mem_limit'],
	['name', 'container_name'],
	['net', 'network_mode'],
	['replicas', 'deploy.replicas'],
	['resources', 'deploy.resources'],
	['restart_policy', 'deploy.restart_policy'],
	['swap_limit', 'memswap_limit'],
	['volume_driver', 'volumes'],
]);

/** What to write instead of an attribute nobody knows, where its name or its content gives it away. */
export function meantInstead(path: AttributePath, name: string, value: Node | undefined): string | undefined {
	if (path.length === 2 && path[0] === 'services') {
		const attribute = meant.get(name);
		return attribute === undefined ? undefined : `Write \`${attribute}\` instead.`;
	}
	const isService = value?.kind === 'mapping' && (value.entries.has('image') || value.entries.has('build'));
	return path.length === 0 && isService ? `Move \`${name}\` under \`services:\`.` : undefined;
}
