import type { Deploy, DeviceRequest, ResourceLimits, Resources, RestartPolicy } from '../model/deploy.ts';
import type { Healthcheck } from '../model/healthcheck.ts';
import type { Mount } from '../model/mount.ts';
import type { Ipam, IpamPool, Network } from '../model/network.ts';
import type { Port } from '../model/port.ts';
import type { NetworkAttachment, Service } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';

/**
 * How a value is brought into the order its hash is taken over. `omit`: no part of the hash; `sorted`: a map of the
 * user's, by key; `fields`: a structure of docker compose's, in the order given here; `each`: a list or map of such.
 */
export type Shape = 'plain' | 'omit' | 'sorted' | { readonly fields: Fields } | { readonly each: Shape };
export type Fields = Readonly<Record<string, Shape>>;

/** A shape for every attribute: one that is added to the model and forgotten here does not compile. */
type FieldsOf<T> = { readonly [K in keyof Required<T>]: Shape };

const deviceRequest = {
	capabilities: 'plain',
	driver: 'plain',
	count: 'plain',
	device_ids: 'plain',
	options: 'sorted',
} satisfies FieldsOf<DeviceRequest>;

const limits = { cpus: 'plain', memory: 'plain', pids: 'plain' } satisfies FieldsOf<ResourceLimits>;

const resources = {
	limits: { fields: limits },
	reservations: { fields: { ...limits, devices: { each: { fields: deviceRequest } } } },
} satisfies FieldsOf<Resources>;

const restartPolicy = {
	condition: 'plain',
	delay: 'plain',
	max_attempts: 'plain',
	window: 'plain',
} satisfies FieldsOf<RestartPolicy>;

const deploy = {
	mode: 'plain',
	replicas: 'omit',
	labels: 'sorted',
	resources: { fields: resources },
	restart_policy: { fields: restartPolicy },
	placement: 'plain',
} satisfies FieldsOf<Deploy>;

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
	ipv4_address: 'plain',
	ipv6_address: 'plain',
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

const mount = {
	type: 'plain',
	source: 'plain',
	target: 'plain',
	read_only: 'plain',
	bind: {
		fields: { selinux: 'plain', propagation: 'plain', create_host_path: 'plain' } satisfies FieldsOf<
			NonNullable<Mount['bind']>
		>,
	},
	volume: { fields: { nocopy: 'plain', subpath: 'plain' } satisfies FieldsOf<NonNullable<Mount['volume']>> },
	tmpfs: { fields: { size: 'plain', mode: 'plain' } satisfies FieldsOf<NonNullable<Mount['tmpfs']>> },
} satisfies FieldsOf<Mount>;

const ulimit = { soft: 'plain', hard: 'plain' } as const;

export const serviceFields = {
	annotations: 'sorted',
	build: 'omit',
	cap_add: 'plain',
	cap_drop: 'plain',
	command: 'plain',
	container_name: 'plain',
	depends_on: 'omit',
	deploy: { fields: deploy },
	dns: 'plain',
	domainname: 'plain',
	entrypoint: 'plain',
	environment: 'sorted',
	env_file: 'omit',
	expose: 'plain',
	extra_hosts: 'plain',
	group_add: 'plain',
	gpus: { each: { fields: deviceRequest } },
	hostname: 'plain',
	healthcheck: { fields: healthcheck },
	image: 'plain',
	init: 'plain',
	ipc: 'plain',
	labels: 'sorted',
	mem_limit: 'plain',
	network_mode: 'plain',
	networks: { each: { fields: attachment } },
	pid: 'plain',
	platform: 'plain',
	ports: { each: { fields: port } },
	privileged: 'plain',
	profiles: 'omit',
	pull_policy: 'omit',
	read_only: 'plain',
	restart: 'plain',
	runtime: 'plain',
	scale: 'omit',
	security_opt: 'plain',
	shm_size: 'plain',
	stdin_open: 'plain',
	stop_grace_period: 'plain',
	stop_signal: 'plain',
	sysctls: 'sorted',
	tmpfs: 'plain',
	tty: 'plain',
	ulimits: { each: { fields: ulimit } },
	user: 'plain',
	volumes: { each: { fields: mount } },
	working_dir: 'plain',
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
