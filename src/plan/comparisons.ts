import { readFlag, readNumber, readText } from '../engine/unread.ts';
import type { Service } from '../model/service.ts';
import { declaredDisk, observedDisk } from './compared-disk.ts';
import {
	declaredDevices,
	declaredExpose,
	declaredHealthcheck,
	declaredMounts,
	declaredPorts,
	declaredTmpfs,
	observedDevices,
	observedExpose,
	observedHealthcheck,
	observedMounts,
	observedPorts,
	observedTmpfs,
} from './compared-parts.ts';
import { command, entrypoint, fromImage, gracePeriod, hostname } from './compared-process.ts';
import {
	declaredLogging,
	declaredRestart,
	declaredSecurity,
	declaredUlimits,
	observedLogging,
	observedRestart,
	observedSecurity,
	observedUlimits,
} from './compared-surroundings.ts';
import {
	type Comparison,
	hostFlag,
	hostList,
	hostMap,
	hostNamespace,
	hostNumber,
	hostSet,
	hostSize,
	hostText,
	mayBeDefault,
	mayBeDropped,
} from './comparison.ts';

/**
 * How a change of an attribute is found in a container. `elsewhere`: key by key, by the lists, or with another
 * attribute; `unseen`: inspect does not show it; `no part`: it is no part of a container, and of no hash.
 */
type Coverage = Comparison | 'elsewhere' | 'unseen' | 'no part';

const fullCapability = (name: string): string => {
	const upper = name.trim().toUpperCase();
	return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
};

const cpus = ({ cpus: own, deploy }: Service): number | undefined => {
	const limit = deploy?.resources.limits?.cpus;
	return limit === undefined ? own : Number(limit);
};

/** An attribute that is added to the model and forgotten here does not compile. */
export const comparisons = {
	annotations: hostMap('Annotations', ({ annotations }) => annotations),
	attach: 'unseen',
	build: 'no part',
	develop: 'no part',
	blkio_config: { declared: declaredDisk, observed: observedDisk, isDoubtful: mayBeDropped },
	cap_add: hostSet('CapAdd', ({ cap_add }) => cap_add, fullCapability),
	cap_drop: hostSet('CapDrop', ({ cap_drop }) => cap_drop, fullCapability),
	cgroup_parent: hostText('CgroupParent', ({ cgroup_parent }) => cgroup_parent),
	cgroup: { ...hostText('CgroupnsMode', ({ cgroup }) => cgroup), isDoubtful: mayBeDefault },
	cpu_count: hostNumber('CpuCount', ({ cpu_count }) => cpu_count),
	cpu_percent: hostNumber('CpuPercent', ({ cpu_percent = 0 }) => Math.trunc(cpu_percent * 100)),
	cpu_period: hostNumber('CpuPeriod', ({ cpu_period }) => cpu_period),
	cpu_quota: hostNumber('CpuQuota', ({ cpu_quota }) => cpu_quota),
	cpu_rt_period: hostNumber('CpuRealtimePeriod', ({ cpu_rt_period }) => cpu_rt_period),
	cpu_rt_runtime: hostNumber('CpuRealtimeRuntime', ({ cpu_rt_runtime }) => cpu_rt_runtime),
	cpus: {
		declared: (service) => cpus(service)?.toString(),
		observed: ({ hostConfig }) => {
			const billionths = readNumber(hostConfig['NanoCpus']);
			return billionths === undefined ? undefined : String(billionths / 1e9);
		},
	},
	cpuset: hostText('CpusetCpus', ({ cpuset }) => cpuset),
	cpu_shares: hostNumber('CpuShares', ({ cpu_shares }) => cpu_shares),
	command,
	configs: 'unseen',
	container_name: 'elsewhere',
	credential_spec: 'unseen',
	depends_on: 'no part',
	deploy: 'elsewhere',
	device_cgroup_rules: hostSet('DeviceCgroupRules', ({ device_cgroup_rules }) => device_cgroup_rules),
	devices: { declared: declaredDevices, observed: observedDevices },
	dns: hostList('Dns', ({ dns }) => dns),
	dns_opt: hostSet('DnsOptions', ({ dns_opt }) => dns_opt),
	dns_search: hostList('DnsSearch', ({ dns_search }) => dns_search),
	domainname: {
		declared: ({ domainname }) => domainname,
		observed: ({ config }) => readText(config['Domainname']),
	},
	entrypoint,
	provider: 'unseen',
	environment: 'elsewhere',
	env_file: 'elsewhere',
	expose: { declared: declaredExpose, observed: observedExpose },
	extends: 'no part',
	external_links: 'elsewhere',
	extra_hosts: hostSet(
		'ExtraHosts',
		({ extra_hosts }) => extra_hosts,
		(entry) => entry.replace(/[:=]/, '='),
	),
	group_add: hostSet('GroupAdd', ({ group_add }) => group_add),
	gpus: 'elsewhere',
	hostname,
	healthcheck: { declared: declaredHealthcheck, observed: observedHealthcheck },
	image: 'elsewhere',
	init: hostFlag('Init', ({ init }) => init),
	ipc: { ...hostNamespace('IpcMode', ({ ipc }) => ipc), isDoubtful: mayBeDefault },
	isolation: { ...hostText('Isolation', ({ isolation }) => isolation), isDoubtful: mayBeDefault },
	labels: 'elsewhere',
	label_file: 'elsewhere',
	links: 'elsewhere',
	logging: { declared: declaredLogging, observed: observedLogging, isDoubtful: mayBeDefault },
	mem_limit: hostSize('Memory', ({ mem_limit, deploy }) => deploy?.resources.limits?.memory ?? mem_limit),
	mem_reservation: hostSize(
		'MemoryReservation',
		({ mem_reservation, deploy }) => deploy?.resources.reservations?.memory ?? mem_reservation,
	),
	memswap_limit: { ...hostSize('MemorySwap', ({ memswap_limit }) => memswap_limit), isDoubtful: mayBeDefault },
	mem_swappiness: {
		...hostNumber('MemorySwappiness', ({ mem_swappiness = 0 }) => Number(mem_swappiness)),
		isDoubtful: mayBeDropped,
	},
	mac_address: 'elsewhere',
	models: 'unseen',
	network_mode: 'elsewhere',
	networks: 'elsewhere',
	oom_kill_disable: {
		...hostFlag('OomKillDisable', ({ oom_kill_disable }) => oom_kill_disable),
		isDoubtful: mayBeDropped,
	},
	oom_score_adj: hostNumber('OomScoreAdj', ({ oom_score_adj }) => oom_score_adj),
	pid: hostNamespace('PidMode', ({ pid }) => pid),
	pids_limit: hostNumber('PidsLimit', ({ pids_limit, deploy }) => deploy?.resources.limits?.pids ?? pids_limit),
	platform: 'unseen',
	ports: { declared: declaredPorts, observed: observedPorts },
	privileged: hostFlag('Privileged', ({ privileged }) => privileged),
	profiles: 'no part',
	pull_policy: 'no part',
	read_only: hostFlag('ReadonlyRootfs', ({ read_only }) => read_only),
	restart: { declared: declaredRestart, observed: observedRestart },
	runtime: { ...hostText('Runtime', ({ runtime }) => runtime), isDoubtful: mayBeDefault },
	scale: 'no part',
	secrets: 'unseen',
	security_opt: { declared: declaredSecurity, observed: observedSecurity },
	shm_size: { ...hostSize('ShmSize', ({ shm_size }) => shm_size), isDoubtful: mayBeDefault },
	stdin_open: {
		declared: ({ stdin_open }) => readFlag(stdin_open),
		observed: ({ config }) => readFlag(config['OpenStdin']),
	},
	stop_grace_period: gracePeriod,
	stop_signal: fromImage('StopSignal', ({ stop_signal }) => stop_signal),
	storage_opt: hostMap('StorageOpt', ({ storage_opt }) => storage_opt),
	sysctls: hostMap('Sysctls', ({ sysctls }) => sysctls),
	tmpfs: { declared: declaredTmpfs, observed: observedTmpfs },
	tty: { declared: ({ tty }) => readFlag(tty), observed: ({ config }) => readFlag(config['Tty']) },
	ulimits: { declared: declaredUlimits, observed: observedUlimits, isDoubtful: mayBeDefault },
	use_api_socket: 'unseen',
	user: fromImage('User', ({ user }) => user),
	userns_mode: hostText('UsernsMode', ({ userns_mode }) => userns_mode),
	uts: hostNamespace('UTSMode', ({ uts }) => uts),
	volumes: { declared: declaredMounts, observed: observedMounts },
	volumes_from: 'unseen',
	working_dir: fromImage('WorkingDir', ({ working_dir }) => working_dir),
	pre_start: 'unseen',
	post_start: 'unseen',
	pre_stop: 'unseen',
} as const satisfies { readonly [K in keyof Required<Service>]: Coverage };
