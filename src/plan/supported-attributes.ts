import type { Build } from '../model/build.ts';
import type { BindOptions, Mount, VolumeOptions } from '../model/mount.ts';
import type { Service } from '../model/service.ts';

/**
 * What becomes of an attribute. `done`: labc does it, or the engine gets it. `unused`: one engine has no use for it,
 * docker compose has none either, or it belongs to another command. `refused`: labc can't do it yet, so the command
 * ends before anything is done.
 */
export type Support =
	| 'done'
	| 'unused'
	| 'refused'
	/** Done but for values that match. */
	| { readonly refusedIf: (value: unknown) => boolean }
	| { readonly fields: Supports }
	| { readonly each: Support };

type Supports = Readonly<Record<string, Support>>;

/** An attribute that is added to the model and forgotten here does not compile. */
type SupportsOf<T> = { readonly [K in keyof Required<T>]: Support };

const bind = {
	selinux: 'done',
	propagation: 'done',
	create_host_path: 'done',
	recursive: 'done',
} satisfies SupportsOf<BindOptions>;

const volume = { labels: 'done', nocopy: 'done', subpath: 'done' } satisfies SupportsOf<VolumeOptions>;

const mount = {
	type: 'done',
	source: 'done',
	target: 'done',
	read_only: 'done',
	consistency: 'done',
	bind: { fields: bind },
	volume: { fields: volume },
	tmpfs: 'done',
	image: 'done',
} satisfies SupportsOf<Mount>;

/** What making and running a container does with each attribute of its service. */
export const serviceSupports = {
	annotations: 'done',
	attach: 'done',
	build: 'done',
	develop: 'unused',
	blkio_config: 'done',
	cap_add: 'done',
	cap_drop: 'done',
	cgroup_parent: 'done',
	cgroup: 'done',
	cpu_count: 'done',
	cpu_percent: 'done',
	cpu_period: 'done',
	cpu_quota: 'done',
	cpu_rt_period: 'done',
	cpu_rt_runtime: 'done',
	cpus: 'done',
	cpuset: 'done',
	cpu_shares: 'done',
	command: 'done',
	configs: 'done',
	container_name: 'done',
	/** Of Windows; docker compose does nothing with it either. */
	credential_spec: 'unused',
	depends_on: 'done',
	deploy: 'done',
	device_cgroup_rules: 'done',
	devices: 'done',
	dns: 'done',
	dns_opt: 'done',
	dns_search: 'done',
	domainname: 'done',
	entrypoint: 'done',
	provider: 'done',
	environment: 'done',
	env_file: 'done',
	expose: 'done',
	extends: 'unused',
	external_links: 'done',
	extra_hosts: 'done',
	group_add: 'done',
	gpus: 'done',
	hostname: 'done',
	healthcheck: 'done',
	image: 'done',
	init: 'done',
	ipc: 'done',
	isolation: 'done',
	labels: 'done',
	label_file: 'done',
	links: 'done',
	logging: 'done',
	mem_limit: 'done',
	mem_reservation: 'done',
	memswap_limit: 'done',
	mem_swappiness: 'done',
	mac_address: 'done',
	models: 'done',
	network_mode: 'done',
	networks: 'done',
	oom_kill_disable: 'done',
	oom_score_adj: 'done',
	pid: 'done',
	pids_limit: 'done',
	platform: 'done',
	ports: 'done',
	privileged: 'done',
	profiles: 'done',
	pull_policy: 'done',
	read_only: 'done',
	restart: 'done',
	runtime: 'done',
	scale: 'done',
	secrets: 'done',
	security_opt: 'done',
	shm_size: 'done',
	stdin_open: 'done',
	stop_grace_period: 'done',
	stop_signal: 'done',
	storage_opt: 'done',
	sysctls: 'done',
	tmpfs: 'done',
	tty: 'done',
	ulimits: 'done',
	use_api_socket: 'done',
	user: 'done',
	userns_mode: 'done',
	uts: 'done',
	volumes: { each: { fields: mount } },
	volumes_from: 'done',
	working_dir: 'done',
	pre_start: 'refused',
	post_start: 'done',
	pre_stop: 'done',
} satisfies SupportsOf<Service>;

/** What building does with each attribute of `build`. */
export const buildSupports = {
	context: 'done',
	dockerfile: 'done',
	dockerfile_inline: 'done',
	entitlements: 'done',
	args: 'done',
	provenance: 'done',
	sbom: 'done',
	ssh: 'done',
	labels: 'done',
	cache_from: 'done',
	cache_to: 'done',
	no_cache: 'done',
	additional_contexts: 'done',
	pull: 'done',
	extra_hosts: 'done',
	/** BuildKit has none. */
	isolation: 'unused',
	network: 'done',
	target: 'done',
	secrets: 'done',
	shm_size: 'done',
	tags: 'done',
	ulimits: 'done',
	platforms: 'done',
	privileged: 'done',
} satisfies SupportsOf<Build>;
