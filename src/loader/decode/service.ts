import { formatScalar } from '../../document/format-scalar.ts';
import { decodeBuild } from './build.ts';
import { type Attributes, type Decoder, list, map, refuseValue, structure } from './decoder.ts';
import { decodeDeploy, decodeDeviceRequest } from './deploy.ts';
import { decodeMount } from './mount.ts';
import { decodePort } from './port.ts';
import { anyText, boolean, byteSize, duration, filledInteger, flag, integer, text, textOrNull } from './scalars.ts';

const texts = list(anyText);

/** A list in which no item may stand twice. */
const uniqueTexts: Decoder = (node, spot) => {
	const items = texts(node, spot) as readonly string[] | undefined;
	const seen = new Set<string>();
	const twice = items?.find((item) => seen.size === seen.add(item).size);
	if (twice !== undefined) {
		refuseValue(node, spot, { message: `the list holds \`${twice}\` twice`, hint: 'Remove one of the two.' });
	}
	return items;
};

/** Words; an empty list is printed. */
const words: Decoder = (node) =>
	node.kind === 'sequence' ? node.items.map((item) => (item.kind === 'scalar' ? formatScalar(item) : '')) : null;

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

const healthcheck = structure([
	['test', texts],
	['timeout', duration],
	['interval', duration],
	['retries', integer],
	['start_period', duration],
	['start_interval', duration],
	['disable', flag],
]);

const attachment: Decoder = (node, spot) =>
	node.kind === 'mapping' ? structure(attachmentAttributes)(node, spot) : null;

const attachmentAttributes: Attributes = [
	['aliases', texts],
	['ipv4_address', text],
	['ipv6_address', text],
	['mac_address', text],
	['priority', filledInteger],
];

const ulimit: Decoder = (node, spot) =>
	node.kind === 'scalar'
		? (filledInteger(node, spot) ?? {})
		: structure([
				['soft', filledInteger],
				['hard', filledInteger],
			])(node, spot);

export const serviceAttributes: Attributes = [
	['profiles', texts],
	['annotations', map(anyText)],
	['build', decodeBuild],
	['cap_add', texts],
	['cap_drop', texts],
	['command', words],
	['container_name', text],
	['depends_on', map(dependency)],
	['deploy', decodeDeploy],
	['dns', texts],
	['domainname', text],
	['entrypoint', words],
	['environment', map(textOrNull)],
	['env_file', list(envFile)],
	['expose', texts],
	['extra_hosts', texts],
	['group_add', uniqueTexts],
	['gpus', list(decodeDeviceRequest)],
	['hostname', text],
	['healthcheck', healthcheck],
	['image', text],
	['init', boolean],
	['ipc', text],
	['labels', map(anyText)],
	['mem_limit', byteSize],
	['network_mode', text],
	['networks', map(attachment)],
	['pid', text],
	['platform', text],
	['ports', list(decodePort)],
	['privileged', flag],
	['pull_policy', text],
	['read_only', flag],
	['restart', text],
	['runtime', text],
	['scale', integer],
	['security_opt', uniqueTexts],
	['shm_size', byteSize],
	['stdin_open', flag],
	['stop_grace_period', duration],
	['stop_signal', text],
	['sysctls', map(anyText)],
	['tmpfs', texts],
	['tty', flag],
	['ulimits', map(ulimit)],
	['user', text],
	['volumes', list(decodeMount)],
	['working_dir', text],
];
