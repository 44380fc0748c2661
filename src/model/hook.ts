/** A command run at one point of a container's life. */
export interface Hook {
	readonly command: readonly string[] | null;
	/** Only for `pre_start`, which runs in a container of its own. Default: the service's. */
	readonly image?: string;
	readonly user?: string;
	readonly privileged?: true;
	readonly working_dir?: string;
	readonly environment?: Readonly<Record<string, string | null>>;
}
