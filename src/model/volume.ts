export interface Volume {
	/** The engine's name for it: `<project>_<key>` unless `name` was given. */
	readonly name: string;
	readonly driver?: string;
	readonly driver_opts?: Readonly<Record<string, string>>;
	readonly external?: true;
	readonly labels?: Readonly<Record<string, string>>;
}
