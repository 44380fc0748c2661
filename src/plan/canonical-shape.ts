import type { AiModelReference } from '../model/ai-model.ts';
import type { BlkioConfig, BlkioRate } from '../model/blkio.ts';
import type { Develop, WatchRule } from '../model/develop.ts';
import type { DeviceMapping } from '../model/device.ts';
import type { Healthcheck } from '../model/healthcheck.ts';
import type { Hook } from '../model/hook.ts';
import type { Logging } from '../model/logging.ts';
import type { BindOptions, Mount, VolumeOptions } from '../model/mount.ts';
import type { Ipam, IpamPool, Network } from '../model/network.ts';
import type { Port } from '../model/port.ts';
import type { Provider } from '../model/provider.ts';
import type { FileReference } from '../model/secret.ts';
import type { CredentialSpec, NetworkAttachment, Service } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';
import { deployFields, deviceRequestFields } from './deploy-shape.ts';
import type { FieldsOf, Shape } from './shape.ts';

const healthcheck = {
	test: 'plain',
	timeout: 'plain',
	interval: 'plain',
	retries: 'plain',
	start_period: 'plain',
	start_interval: 'plain',
	disable: 'plain',
} satisfies FieldsOf<Healthcheck>;

const attachment = {
	aliases: 'plain',
	driver_opts: 'sorted',
	gw_priority: 'plain',
	interface_name: 'plain',
	ipv4_address: 'plain',
	ipv6_address: 'plain',
	link_local_ips: 'plain',
	mac_address: 'plain',
	priority: 'plain',
} satisfies FieldsOf<NetworkAttachment>;

const port = {
	name: 'plain',
	mode: 'plain',
	host_ip: 'plain',
	target: 'plain',
	published: 'plain',
	protocol: 'plain',
	app_protocol: 'plain',
} satisfies FieldsOf<Port>;

const bind = {
	selinux: 'plain',
	propagation: 'plain',
	create_host_path: 'plain',
	recursive: 'plain',
} satisfies FieldsOf<BindOptions>;

const mountedVolume = { labels: 'sorted', nocopy: 'plain', subpath: 'plain' } satisfies FieldsOf<VolumeOptions>;

const mount = {
	type: 'plain',
	source: 'plain',
	target: 'plain',
	read_only: 'plain',
	consistency: 'plain',
	bind: { fields: bind },
	volume: { fields: mountedVolume },
	tmpfs: { fields: { size: 'plain', mode: 'plain' } satisfies FieldsOf<NonNullable<Mount['tmpfs']>> },
	image: { fields: { subpath: 'plain' } satisfies FieldsOf<NonNullable<Mount['image']>> },
} satisfies FieldsOf<Mount>;

const ulimit = { soft: 'plain', hard: 'plain' } as const;

const hook = {
	command: 'plain',
	image: 'plain',
	user: 'plain',
	privileged: 'plain',
	working_dir: 'plain',
	environment: 'sorted',
} satisfies FieldsOf<Hook>;

const hooks: Shape = { each: { fields: hook } };

const watchRule = {
	path: 'plain',
	action: 'plain',
	target: 'plain',
	exec: { fields: hook },
	include: 'plain',
	ignore: 'plain',
	initial_sync: 'plain',
} satisfies FieldsOf<WatchRule>;

const develop = { watch: { each: { fields: watchRule } } } satisfies FieldsOf<Develop>;

const rates: Shape = { each: { fields: { Path: 'plain', Rate: 'plain' } satisfies FieldsOf<BlkioRate> } };

const blkio = {
	weight: 'plain',
	weight_device: { each: { fields: { Path: 'plain', Weight: 'plain' } } },
	device_read_bps: rates,
	device_read_iops: rates,
	device_write_bps: rates,
	device_write_iops: rates,
} satisfies FieldsOf<BlkioConfig>;

const fileReference = {
	source: 'plain',
	target: 'plain',
	uid: 'plain',
	gid: 'plain',
	mode: 'plain',
} satisfies FieldsOf<FileReference>;

const references: Shape = { each: { fields: fileReference } };

const credentialSpec = { config: 'plain', file: 'plain', registry: 'plain' } satisfies FieldsOf<CredentialSpec>;
const device = { source: 'plain', target: 'plain', permissions: 'plain' } satisfies FieldsOf<DeviceMapping>;
const logging = { driver: 'plain', options: 'sorted' } satisfies FieldsOf<Logging>;
const provider = { type: 'plain', options: 'sorted' } satisfies FieldsOf<Provider>;
const model = { endpoint_var: 'plain', model_var: 'plain' } satisfies FieldsOf<AiModelReference>;

export const serviceFields = {
	annotations: 'sorted',
	attach: 'plain',
	build: 'omit',
	develop: { fields: develop },
	blkio_config: { fields: blkio },
	cap_add: 'plain',
	cap_drop: 'plain',
	cgroup_parent: 'plain',
	cgroup: 'plain',
	cpu_count: 'plain',
	cpu_percent: 'plain',
	cpu_period: 'plain',
	cpu_quota: 'plain',
	cpu_rt_period: 'plain',
	cpu_rt_runtime: 'plain',
	cpus: 'plain',
	cpuset: 'plain',
	cpu_shares: 'plain',
	command: 'plain',
	configs: references,
	container_name: 'plain',
	credential_spec: { fields: credentialSpec },
	depends_on: 'omit',
	deploy: { fields: deployFields },
	device_cgroup_rules: 'plain',
	devices: { each: { fields: device } },
	dns: 'plain',
	dns_opt: 'plain',
	dns_search: 'plain',
	domainname: 'plain',
	entrypoint: 'plain',
	provider: { fields: provider },
	environment: 'sorted',
	env_file: 'omit',
	expose: 'plain',
	extends: 'plain',
	external_links: 'plain',
	extra_hosts: 'plain',
	group_add: 'plain',
	gpus: { each: { fields: deviceRequestFields } },
	hostname: 'plain',
	healthcheck: { fields: healthcheck },
	image: 'plain',
	init: 'plain',
	ipc: 'plain',
	isolation: 'plain',
	labels: 'sorted',
	label_file: 'plain',
	links: 'plain',
	logging: { fields: logging },
	mem_limit: 'plain',
	mem_reservation: 'plain',
	memswap_limit: 'plain',
	mem_swappiness: 'plain',
	mac_address: 'plain',
	models: { each: { fields: model } },
	network_mode: 'plain',
	networks: { each: { fields: attachment } },
	oom_kill_disable: 'plain',
	oom_score_adj: 'plain',
	pid: 'plain',
	pids_limit: 'plain',
	platform: 'plain',
	ports: { each: { fields: port } },
	privileged: 'plain',
	profiles: 'omit',
	pull_policy: 'omit',
	read_only: 'plain',
	restart: 'plain',
	runtime: 'plain',
	scale: 'omit',
	secrets: references,
	security_opt: 'plain',
	shm_size: 'plain',
	stdin_open: 'plain',
	stop_grace_period: 'plain',
	stop_signal: 'plain',
	storage_opt: 'sorted',
	sysctls: 'sorted',
	tmpfs: 'plain',
	tty: 'plain',
	ulimits: { each: { fields: ulimit } },
	use_api_socket: 'plain',
	user: 'plain',
	userns_mode: 'plain',
	uts: 'plain',
	volumes: { each: { fields: mount } },
	volumes_from: 'plain',
	working_dir: 'plain',
	pre_start: hooks,
	post_start: hooks,
	pre_stop: hooks,
} satisfies FieldsOf<Service>;

const ipamPool = {
	subnet: 'plain',
	gateway: 'plain',
	ip_range: 'plain',
	aux_addresses: 'sorted',
} satisfies FieldsOf<IpamPool>;

const ipam = { driver: 'plain', config: { each: { fields: ipamPool } } } satisfies FieldsOf<Ipam>;

export const networkFields = {
	name: 'plain',
	driver: 'plain',
	driver_opts: 'sorted',
	ipam: { fields: ipam },
	external: 'plain',
	internal: 'plain',
	attachable: 'plain',
	labels: 'sorted',
	enable_ipv4: 'plain',
	enable_ipv6: 'plain',
} satisfies FieldsOf<Network>;

export const volumeFields = {
	name: 'plain',
	driver: 'plain',
	driver_opts: 'sorted',
	external: 'plain',
	labels: 'sorted',
} satisfies FieldsOf<Volume>;
