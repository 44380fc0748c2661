export interface Secret {
	readonly name: string;
	/** Absolute path of the file that holds it. */
	readonly file?: string;
	/** Name of the environment variable that holds it. */
	readonly environment?: string;
	readonly external?: true;
	readonly labels?: Readonly<Record<string, string>>;
	readonly driver?: string;
	readonly driver_opts?: Readonly<Record<string, string>>;
	readonly template_driver?: string;
}

/** A service's or a build's use of a secret or config. */
export interface FileReference {
	readonly source: string;
	readonly target?: string;
	readonly uid?: string;
	readonly gid?: string;
	/** File mode in octal, for example `0440`. */
	readonly mode?: string;
}
