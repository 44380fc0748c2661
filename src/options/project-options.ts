/** What the command line and the environment say about which project is meant, before any file is read. */
export interface ProjectOptions {
	/** `-f`, in order; empty: `COMPOSE_FILE` or the default names are looked for. */
	readonly files: readonly string[];
	readonly projectName: string | undefined;
	readonly projectDirectory: string | undefined;
	readonly profiles: readonly string[];
	/** `--env-file`, in order; empty: `.env`. */
	readonly envFiles: readonly string[];
	/** Names are joined as docker-compose 1 did. */
	readonly compatibility: boolean;
	/** Networks, volumes and the like that no service uses are kept. */
	readonly allResources?: boolean;
	/** Folder relative paths of the command line are meant from. */
	readonly cwd: string;
	/** The process environment. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Standard input, for the file name `-`. */
	readonly standardInput?: () => AsyncIterable<Uint8Array>;
}
