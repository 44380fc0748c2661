export interface Deploy {
	readonly mode?: string;
	readonly replicas?: number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly resources: Resources;
	readonly restart_policy?: RestartPolicy;
	/** Always present, as docker compose prints it. */
	readonly placement: Readonly<Record<string, never>>;
}

export interface Resources {
	readonly limits?: ResourceLimits;
	readonly reservations?: ResourceLimits & { readonly devices?: readonly DeviceRequest[] };
}

export interface ResourceLimits {
	/** Number of CPUs, printed as docker compose prints it. */
	readonly cpus?: string | number;
	readonly memory?: string;
	readonly pids?: number;
}

/** A request for devices. `count` is -1 for all of them. */
export interface DeviceRequest {
	readonly capabilities?: readonly string[];
	readonly driver?: string;
	readonly count?: number;
	readonly device_ids?: readonly string[];
	readonly options?: Readonly<Record<string, string>>;
}

export interface RestartPolicy {
	readonly condition?: string;
	readonly delay?: string;
	readonly max_attempts?: number;
	readonly window?: string;
}
