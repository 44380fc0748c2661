/** A volume entry in long form. */
export interface Mount {
	readonly type: 'bind' | 'volume' | 'tmpfs';
	/** Absolute host path, or the key of a top-level volume; absent for an anonymous volume. */
	readonly source?: string;
	readonly target: string;
	readonly read_only?: true;
	readonly bind?: { readonly create_host_path?: true; readonly propagation?: string; readonly selinux?: string };
	readonly volume?: { readonly nocopy?: true; readonly subpath?: string };
	readonly tmpfs?: { readonly size?: string; readonly mode?: number };
}
