import { decodeBlkio } from './blkio.ts';
import { decodeBuild } from './build.ts';
import { words } from './command.ts';
import { type Attributes, type Decoder, filledMap, list, map, structure } from './decoder.ts';
import { decodeDeploy, decodeDeviceRequest } from './deploy.ts';
import { decodeDevelop } from './develop.ts';
import { decodeFileReference } from './file-reference.ts';
import { decodeHook } from './hook.ts';
import { decodeMount } from './mount.ts';
import { decodePort } from './port.ts';
import {
	anyText,
	boolean,
	byteSize,
	duration,
	flag,
	integer,
	singleNumber,
	text,
	textOrNull,
	truncated,
	truncatedCount,
} from './scalars.ts';
import { decodeUlimits } from './ulimits.ts';

const texts = list(anyText);

const dependency = structure([
	['condition', text],
	['restart', flag],
	['required', boolean],
]);

const envFile = structure([
	['path', text],
	['required', boolean],
	['format', text],
]);

/** Left only where the extended service says nothing. */
const extended = structure([
	['file', text],
	['service', text],
]);

const healthcheck = structure([
	['test', texts],
	['timeout', duration],
	['interval', duration],
	['retries', truncatedCount],
	['start_period', duration],
	['start_interval', duration],
	['disable', flag],
]);

const attachment = structure([
	['aliases', texts],
	['driver_opts', map(anyText)],
	['gw_priority', truncated],
	['interface_name', text],
	['ipv4_address', text],
	['ipv6_address', text],
	['link_local_ips', texts],
	['mac_address', text],
	['priority', truncated],
]);

const reference = structure([
	['endpoint_var', text],
	['model_var', text],
]);

/** Settings by name; a name without settings stays null. */
const orNull =
	(decode: Decoder): Decoder =>
	(node, spot) =>
		node.kind === 'mapping' ? decode(node, spot) : null;

const provider = structure([
	['type', text],
	['options', filledMap(texts)],
]);

const logging = structure([
	['driver', text],
	['options', map(anyText)],
]);

const credentialSpec = structure([
	['config', text],
	['file', text],
	['registry', text],
]);

const device = structure([
	['source', text],
	['target', text],
	['permissions', text],
]);

const hooks = list(decodeHook);
const references = list(decodeFileReference);

export const serviceAttributes: Attributes = [
	['profiles', texts],
	['annotations', map(anyText)],
	['attach', boolean],
	['build', decodeBuild],
	['develop', decodeDevelop],
	['blkio_config', decodeBlkio],
	['cap_add', texts],
	['cap_drop', texts],
	['cgroup_parent', text],
	['cgroup', text],
	['cpu_count', truncated],
	['cpu_percent', singleNumber],
	['cpu_period', truncated],
	['cpu_quota', truncated],
	['cpu_rt_period', truncated],
	['cpu_rt_runtime', truncated],
	['cpus', singleNumber],
	['cpuset', text],
	['cpu_shares', truncated],
	['command', words],
	['configs', references],
	['container_name', text],
	['credential_spec', credentialSpec],
	['depends_on', map(dependency)],
	['deploy', decodeDeploy],
	['device_cgroup_rules', texts],
	['devices', list(device)],
	['dns', texts],
	['dns_opt', texts],
	['dns_search', texts],
	['domainname', text],
	['entrypoint', words],
	['provider', provider],
	['environment', map(textOrNull)],
	['env_file', list(envFile)],
	['expose', texts],
	['extends', extended],
	['external_links', texts],
	['extra_hosts', texts],
	['group_add', texts],
	['gpus', list(decodeDeviceRequest)],
	['hostname', text],
	['healthcheck', healthcheck],
	['image', text],
	['init', boolean],
	['ipc', text],
	['isolation', text],
	['labels', map(anyText)],
	['label_file', texts],
	['links', texts],
	['logging', logging],
	['mem_limit', byteSize],
	['mem_reservation', byteSize],
	['memswap_limit', byteSize],
	['mem_swappiness', byteSize],
	['mac_address', text],
	['models', map(orNull(reference))],
	['network_mode', text],
	['networks', map(orNull(attachment))],
	['oom_kill_disable', flag],
	['oom_score_adj', truncated],
	['pid', text],
	['pids_limit', truncated],
	['platform', text],
	['ports', list(decodePort)],
	['privileged', flag],
	['pull_policy', text],
	['read_only', flag],
	['restart', text],
	['runtime', text],
	['scale', integer],
	['secrets', references],
	['security_opt', texts],
	['shm_size', byteSize],
	['stdin_open', flag],
	['stop_grace_period', duration],
	['stop_signal', text],
	['storage_opt', map(anyText)],
	['sysctls', map(anyText)],
	['tmpfs', texts],
	['tty', flag],
	['ulimits', decodeUlimits],
	['use_api_socket', flag],
	['user', text],
	['userns_mode', text],
	['uts', text],
	['volumes', list(decodeMount)],
	['volumes_from', texts],
	['working_dir', text],
	['pre_start', hooks],
	['post_start', hooks],
	['pre_stop', hooks],
];
