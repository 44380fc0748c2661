export interface Network {
	/** The engine's name for it: `<project>_<key>` unless `name` was given. */
	readonly name: string;
	readonly driver?: string;
	readonly driver_opts?: Readonly<Record<string, string>>;
	readonly ipam: Ipam;
	readonly external?: true;
	readonly internal?: true;
	readonly attachable?: true;
	readonly labels?: Readonly<Record<string, string>>;
	readonly enable_ipv4?: boolean;
	readonly enable_ipv6?: boolean;
}

export interface Ipam {
	readonly driver?: string;
	readonly config?: readonly IpamPool[];
}

export interface IpamPool {
	readonly subnet?: string;
	readonly gateway?: string;
	readonly ip_range?: string;
	readonly aux_addresses?: Readonly<Record<string, string>>;
}
