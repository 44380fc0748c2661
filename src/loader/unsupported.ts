import type { AttributePath } from '../document/path.ts';

/**
 * What docker compose knows and labc does not do yet, by where it stands. It is refused by name: ignoring an attribute
 * would run something else than what was written.
 */
const unsupported: readonly (readonly [pattern: RegExp, names: readonly string[]])[] = [
	[/^$/, ['configs', 'models']],
	[
		/^services\.[^.]+$/,
		[
			'attach',
			'blkio_config',
			'cgroup',
			'cgroup_parent',
			'configs',
			'cpu_count',
			'cpu_percent',
			'cpu_period',
			'cpu_quota',
			'cpu_rt_period',
			'cpu_rt_runtime',
			'cpu_shares',
			'cpus',
			'cpuset',
			'credential_spec',
			'develop',
			'device_cgroup_rules',
			'devices',
			'dns_opt',
			'dns_search',
			'external_links',
			'isolation',
			'label_file',
			'links',
			'logging',
			'mac_address',
			'mem_reservation',
			'mem_swappiness',
			'memswap_limit',
			'models',
			'oom_kill_disable',
			'oom_score_adj',
			'pids_limit',
			'post_start',
			'pre_stop',
			'provider',
			'pull_refresh_after',
			'secrets',
			'storage_opt',
			'use_api_socket',
			'userns_mode',
			'uts',
			'volumes_from',
		],
	],
	[
		/^services\.[^.]+\.build$/,
		['additional_contexts', 'entitlements', 'isolation', 'privileged', 'provenance', 'sbom', 'ssh', 'ulimits'],
	],
	[/^services\.[^.]+\.deploy$/, ['endpoint_mode', 'rollback_config', 'update_config']],
	[/^services\.[^.]+\.deploy\.placement$/, ['constraints', 'max_replicas_per_node', 'preferences']],
	[/^services\.[^.]+\.deploy\.resources\.reservations$/, ['generic_resources', 'pids']],
	[/^services\.[^.]+\.networks\.[^.]+$/, ['driver_opts', 'gw_priority', 'interface_name', 'link_local_ips']],
	[/^services\.[^.]+\.volumes\.\d+$/, ['consistency', 'image']],
	[/^services\.[^.]+\.volumes\.\d+\.bind$/, ['recursive']],
	[/^services\.[^.]+\.volumes\.\d+\.volume$/, ['labels']],
	[/^networks\.[^.]+\.ipam$/, ['options']],
	[/^secrets\.[^.]+$/, ['content', 'driver', 'driver_opts', 'labels', 'template_driver']],
];

/** Whether docker compose would know `name` inside the mapping at `path`. Keys with dots are matched as one. */
export function isUnsupportedAttribute(path: AttributePath, name: string): boolean {
	const place = path.map((step) => String(step).replaceAll('.', '_')).join('.');
	return unsupported.some(([pattern, names]) => names.includes(name) && pattern.test(place));
}
