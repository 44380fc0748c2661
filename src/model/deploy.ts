export interface Deploy {
	readonly mode?: string;
	readonly replicas?: number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly update_config?: UpdateConfig;
	readonly rollback_config?: UpdateConfig;
	/** Always present, as docker compose prints it; `placement` too. */
	readonly resources: Resources;
	readonly restart_policy?: RestartPolicy;
	readonly placement: Placement;
	readonly endpoint_mode?: string;
}

/** How a cluster replaces containers. */
export interface UpdateConfig {
	readonly parallelism?: number;
	readonly delay?: string;
	readonly failure_action?: string;
	readonly monitor?: string;
	readonly max_failure_ratio?: number;
	readonly order?: 'start-first' | 'stop-first';
}

/** Where a cluster runs containers. */
export interface Placement {
	readonly constraints?: readonly string[];
	readonly preferences?: readonly { readonly spread?: string }[];
	readonly max_replicas_per_node?: number;
}

export interface Resources {
	readonly limits?: ResourceLimits;
	readonly reservations?: Reservations;
}

export interface ResourceLimits {
	/** Number of CPUs, printed as docker compose prints it. */
	readonly cpus?: string | number;
	readonly memory?: string;
	readonly pids?: number;
}

export interface Reservations extends ResourceLimits {
	readonly devices?: readonly DeviceRequest[];
	readonly generic_resources?: readonly GenericResource[];
}

/** A resource of a cluster's own naming. */
export interface GenericResource {
	readonly discrete_resource_spec?: { readonly kind?: string; readonly value?: number };
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
