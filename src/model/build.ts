import type { FileReference } from './secret.ts';
import type { Ulimit } from './ulimit.ts';

export interface Build {
	/** Absolute path, or a URL that BuildKit reads itself. */
	readonly context: string;
	readonly dockerfile?: string;
	readonly dockerfile_inline?: string;
	readonly entitlements?: readonly string[];
	readonly args?: Readonly<Record<string, string | null>>;
	readonly provenance?: string;
	readonly sbom?: string;
	/** `default` or `id=path`. */
	readonly ssh?: readonly string[];
	readonly labels?: Readonly<Record<string, string>>;
	readonly cache_from?: readonly string[];
	readonly cache_to?: readonly string[];
	readonly no_cache?: true;
	readonly additional_contexts?: Readonly<Record<string, string>>;
	readonly pull?: true;
	readonly extra_hosts?: readonly string[];
	readonly isolation?: string;
	readonly network?: string;
	readonly target?: string;
	readonly secrets?: readonly FileReference[];
	readonly shm_size?: string;
	readonly tags?: readonly string[];
	readonly ulimits?: Readonly<Record<string, Ulimit>>;
	readonly platforms?: readonly string[];
	readonly privileged?: true;
}

/** The service whose image a context is; undefined for any other context. */
export const serviceContext = (context: string): string | undefined => /^service:(.*)$/.exec(context)?.[1];

/** Services whose images the build takes files from. */
export const contextServices = ({ additional_contexts: contexts = {} }: Build): readonly string[] =>
	Object.values(contexts).flatMap((context) => serviceContext(context) ?? []);
