import type { SecretReference } from './secret.ts';

export interface Build {
	/** Absolute path, or a URL that BuildKit reads itself. */
	readonly context: string;
	readonly dockerfile?: string;
	readonly dockerfile_inline?: string;
	readonly args?: Readonly<Record<string, string | null>>;
	readonly labels?: Readonly<Record<string, string>>;
	readonly cache_from?: readonly string[];
	readonly cache_to?: readonly string[];
	readonly no_cache?: true;
	readonly pull?: true;
	readonly extra_hosts?: readonly string[];
	readonly network?: string;
	readonly target?: string;
	readonly secrets?: readonly SecretReference[];
	readonly shm_size?: string;
	readonly tags?: readonly string[];
	readonly platforms?: readonly string[];
}
