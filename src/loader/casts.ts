import type { ScalarNode } from '../document/node.ts';
import { pathTable } from '../document/path-table.ts';
import { refuse, type Spot } from './canonical/spot.ts';
import { describeValue } from './expectation.ts';

/** Turns the text of an attribute that takes a number or a truth value into one. */
export type Cast = (node: ScalarNode, text: string, spot: Spot) => ScalarNode;

const toInteger: Cast = (node, text, spot) => {
	if (/^[-+]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return { ...node, value: Number(text) };
	refuseText(node, spot, 'a whole number');
	return node;
};

const toNumber: Cast = (node, text, spot) => {
	if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return { ...node, value: Number(text) };
	refuseText(node, spot, 'a number');
	return node;
};

const booleans: ReadonlyMap<string, boolean> = new Map([
	['true', true],
	['false', false],
	['y', true],
	['yes', true],
	['on', true],
	['n', false],
	['no', false],
	['off', false],
]);

const toBoolean: Cast = (node, text, spot) => {
	const value = booleans.get(text.toLowerCase());
	if (value === undefined) {
		refuseText(node, spot, '`true` or `false`');
		return node;
	}
	if (!['true', 'false'].includes(text.toLowerCase())) {
		spot.findings.warning('BOOLEAN_WORD', `\`${text}\` is no truth value in YAML 1.2, it is read as \`${value}\``, {
			at: node.at,
			path: spot.path,
			hint: `Write \`${value}\`.`,
		});
	}
	return { ...node, value };
};

function refuseText(node: ScalarNode, spot: Spot, expected: string): void {
	const message = `\`${spot.path.join('.')}\` must be ${expected}, found ${describeValue(node)}`;
	refuse(spot, node, message, `Write ${expected}, or a variable that holds it.`);
}

/** Attributes whose text is cast once variables are in place. */
export const casts = pathTable<Cast>({
	'configs.*.external': toBoolean,
	'networks.*.attachable': toBoolean,
	'networks.*.enable_ipv4': toBoolean,
	'networks.*.enable_ipv6': toBoolean,
	'networks.*.external': toBoolean,
	'networks.*.internal': toBoolean,
	'secrets.*.external': toBoolean,
	'services.*.attach': toBoolean,
	'services.*.build.no_cache': toBoolean,
	'services.*.build.privileged': toBoolean,
	'services.*.build.pull': toBoolean,
	'services.*.cpu_count': toInteger,
	'services.*.cpu_percent': toNumber,
	'services.*.cpu_period': toInteger,
	'services.*.cpu_quota': toInteger,
	'services.*.cpu_rt_period': toInteger,
	'services.*.cpu_rt_runtime': toInteger,
	'services.*.cpu_shares': toInteger,
	'services.*.cpus': toNumber,
	'services.*.deploy.placement.max_replicas_per_node': toInteger,
	'services.*.deploy.replicas': toInteger,
	'services.*.deploy.restart_policy.max_attempts': toInteger,
	'services.*.deploy.rollback_config.max_failure_ratio': toNumber,
	'services.*.deploy.rollback_config.parallelism': toInteger,
	'services.*.deploy.update_config.max_failure_ratio': toNumber,
	'services.*.deploy.update_config.parallelism': toInteger,
	'services.*.develop.watch.*.exec.privileged': toBoolean,
	'services.*.develop.watch.*.initial_sync': toBoolean,
	'services.*.env_file.*.required': toBoolean,
	'services.*.healthcheck.disable': toBoolean,
	'services.*.healthcheck.retries': toInteger,
	'services.*.init': toBoolean,
	'services.*.oom_kill_disable': toBoolean,
	'services.*.oom_score_adj': toInteger,
	'services.*.pids_limit': toInteger,
	'services.*.ports.*.target': toInteger,
	'services.*.post_start.*.privileged': toBoolean,
	'services.*.pre_start.*.privileged': toBoolean,
	'services.*.pre_stop.*.privileged': toBoolean,
	'services.*.privileged': toBoolean,
	'services.*.read_only': toBoolean,
	'services.*.scale': toInteger,
	'services.*.stdin_open': toBoolean,
	'services.*.tty': toBoolean,
	'services.*.ulimits.*': toInteger,
	'services.*.ulimits.*.hard': toInteger,
	'services.*.ulimits.*.soft': toInteger,
	'services.*.volumes.*.bind.create_host_path': toBoolean,
	'services.*.volumes.*.read_only': toBoolean,
	'services.*.volumes.*.volume.nocopy': toBoolean,
	'volumes.*.external': toBoolean,
});
