import type { Build } from './build.ts';
import type { Deploy, DeviceRequest } from './deploy.ts';
import type { Healthcheck } from './healthcheck.ts';
import type { Mount } from './mount.ts';
import type { Port } from './port.ts';

/**
 * A service in canonical form, its attributes in the order of docker compose's own structure: the config hash is
 * taken over this order. Durations are Go text (`1m30s`), sizes decimal strings of bytes.
 */
export interface Service {
	readonly annotations?: StringMap;
	readonly build?: Build;
	readonly cap_add?: readonly string[];
	readonly cap_drop?: readonly string[];
	readonly command: readonly string[] | null;
	readonly container_name?: string;
	readonly depends_on?: Readonly<Record<string, Dependency>>;
	readonly deploy?: Deploy;
	readonly dns?: readonly string[];
	readonly domainname?: string;
	readonly entrypoint: readonly string[] | null;
	/** A null value unsets what the image sets. */
	readonly environment?: Readonly<Record<string, string | null>>;
	readonly env_file?: readonly EnvFile[];
	readonly expose?: readonly string[];
	/** `host=ip`, sorted. */
	readonly extra_hosts?: readonly string[];
	readonly group_add?: readonly string[];
	readonly gpus?: readonly DeviceRequest[];
	readonly hostname?: string;
	readonly healthcheck?: Healthcheck;
	readonly image?: string;
	readonly init?: boolean;
	readonly ipc?: string;
	readonly labels?: StringMap;
	readonly mem_limit?: string;
	readonly network_mode?: string;
	readonly networks?: Readonly<Record<string, NetworkAttachment | null>>;
	readonly pid?: string;
	readonly platform?: string;
	readonly ports?: readonly Port[];
	readonly privileged?: true;
	readonly profiles?: readonly string[];
	readonly pull_policy?: string;
	readonly read_only?: true;
	readonly restart?: string;
	readonly runtime?: string;
	readonly scale?: number;
	readonly security_opt?: readonly string[];
	readonly shm_size?: string;
	readonly stdin_open?: true;
	readonly stop_grace_period?: string;
	readonly stop_signal?: string;
	readonly sysctls?: StringMap;
	readonly tmpfs?: readonly string[];
	readonly tty?: true;
	readonly ulimits?: Readonly<Record<string, Ulimit>>;
	readonly user?: string;
	readonly volumes?: readonly Mount[];
	readonly working_dir?: string;
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
	readonly ipv4_address?: string;
	readonly ipv6_address?: string;
	readonly priority?: number;
	readonly mac_address?: string;
}

/** One number limits both; otherwise each may be absent. */
export type Ulimit = number | { readonly soft?: number; readonly hard?: number };

export interface EnvFile {
	readonly path: string;
	readonly required: boolean;
	readonly format?: string;
}
