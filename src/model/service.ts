import type { AiModelReference } from './ai-model.ts';
import type { BlkioConfig } from './blkio.ts';
import type { Build } from './build.ts';
import type { Deploy, DeviceRequest } from './deploy.ts';
import type { Develop } from './develop.ts';
import type { DeviceMapping } from './device.ts';
import type { Healthcheck } from './healthcheck.ts';
import type { Hook } from './hook.ts';
import type { Logging } from './logging.ts';
import type { Mount } from './mount.ts';
import type { Port } from './port.ts';
import type { Provider } from './provider.ts';
import type { FileReference } from './secret.ts';
import type { Ulimit } from './ulimit.ts';

/**
 * A service in canonical form, its attributes in the order of docker compose's own structure: the config hash is
 * taken over this order. Durations are Go text (`1m30s`), sizes decimal strings of bytes.
 */
export interface Service {
	readonly annotations?: StringMap;
	readonly attach?: boolean;
	readonly build?: Build;
	readonly develop?: Develop;
	readonly blkio_config?: BlkioConfig;
	readonly cap_add?: readonly string[];
	readonly cap_drop?: readonly string[];
	readonly cgroup_parent?: string;
	readonly cgroup?: string;
	readonly cpu_count?: number;
	readonly cpu_percent?: number;
	readonly cpu_period?: number;
	readonly cpu_quota?: number;
	readonly cpu_rt_period?: number;
	readonly cpu_rt_runtime?: number;
	readonly cpus?: number;
	readonly cpuset?: string;
	readonly cpu_shares?: number;
	readonly command: readonly string[] | null;
	readonly configs?: readonly FileReference[];
	readonly container_name?: string;
	readonly credential_spec?: CredentialSpec;
	readonly depends_on?: Readonly<Record<string, Dependency>>;
	readonly deploy?: Deploy;
	readonly device_cgroup_rules?: readonly string[];
	readonly devices?: readonly DeviceMapping[];
	readonly dns?: readonly string[];
	readonly dns_opt?: readonly string[];
	readonly dns_search?: readonly string[];
	readonly domainname?: string;
	readonly entrypoint: readonly string[] | null;
	readonly provider?: Provider;
	/** A null value unsets what the image sets. */
	readonly environment?: Readonly<Record<string, string | null>>;
	readonly env_file?: readonly EnvFile[];
	readonly expose?: readonly string[];
	/** Only where the extended service says nothing at all. */
	readonly extends?: Extends;
	readonly external_links?: readonly string[];
	/** `host=ip`, sorted. */
	readonly extra_hosts?: readonly string[];
	readonly group_add?: readonly string[];
	readonly gpus?: readonly DeviceRequest[];
	readonly hostname?: string;
	readonly healthcheck?: Healthcheck;
	readonly image?: string;
	readonly init?: boolean;
	readonly ipc?: string;
	readonly isolation?: string;
	readonly labels?: StringMap;
	readonly label_file?: readonly string[];
	readonly links?: readonly string[];
	readonly logging?: Logging;
	readonly mem_limit?: string;
	readonly mem_reservation?: string;
	readonly memswap_limit?: string;
	readonly mem_swappiness?: string;
	readonly mac_address?: string;
	readonly models?: Readonly<Record<string, AiModelReference | null>>;
	readonly network_mode?: string;
	readonly networks?: Readonly<Record<string, NetworkAttachment | null>>;
	readonly oom_kill_disable?: true;
	readonly oom_score_adj?: number;
	readonly pid?: string;
	readonly pids_limit?: number;
	readonly platform?: string;
	readonly ports?: readonly Port[];
	readonly privileged?: true;
	readonly profiles?: readonly string[];
	readonly pull_policy?: string;
	readonly read_only?: true;
	readonly restart?: string;
	readonly runtime?: string;
	readonly scale?: number;
	readonly secrets?: readonly FileReference[];
	readonly security_opt?: readonly string[];
	readonly shm_size?: string;
	readonly stdin_open?: true;
	readonly stop_grace_period?: string;
	readonly stop_signal?: string;
	readonly storage_opt?: StringMap;
	readonly sysctls?: StringMap;
	readonly tmpfs?: readonly string[];
	readonly tty?: true;
	readonly ulimits?: Readonly<Record<string, Ulimit>>;
	readonly use_api_socket?: true;
	readonly user?: string;
	readonly userns_mode?: string;
	readonly uts?: string;
	readonly volumes?: readonly Mount[];
	readonly volumes_from?: readonly string[];
	readonly working_dir?: string;
	readonly pre_start?: readonly Hook[];
	readonly post_start?: readonly Hook[];
	readonly pre_stop?: readonly Hook[];
}

export type StringMap = Readonly<Record<string, string>>;

export interface Dependency {
	readonly condition: DependencyCondition;
	readonly restart?: true;
	readonly required: boolean;
}

export type DependencyCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface NetworkAttachment {
	readonly aliases?: readonly string[];
	readonly driver_opts?: StringMap;
	readonly gw_priority?: number;
	readonly interface_name?: string;
	readonly ipv4_address?: string;
	readonly ipv6_address?: string;
	readonly link_local_ips?: readonly string[];
	readonly mac_address?: string;
	readonly priority?: number;
}

interface Extends {
	readonly file?: string;
	readonly service: string;
}

export interface EnvFile {
	readonly path: string;
	readonly required: boolean;
	readonly format?: string;
}

/** Credentials of a managed account, on Windows. */
export interface CredentialSpec {
	readonly config?: string;
	readonly file?: string;
	readonly registry?: string;
}
