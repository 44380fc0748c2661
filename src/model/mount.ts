/** A volume entry in long form. */
export interface Mount {
	readonly type: 'bind' | 'volume' | 'tmpfs' | 'cluster' | 'npipe' | 'image';
	/** Absolute host path, an image, or the key of a top-level volume; absent for an anonymous volume. */
	readonly source?: string;
	readonly target: string;
	readonly read_only?: true;
	readonly consistency?: string;
	readonly bind?: BindOptions;
	readonly volume?: VolumeOptions;
	readonly tmpfs?: { readonly size?: string; readonly mode?: number };
	readonly image?: { readonly subpath?: string };
}

export interface BindOptions {
	readonly selinux?: string;
	readonly propagation?: string;
	readonly create_host_path?: true;
	readonly recursive?: 'enabled' | 'disabled' | 'writable' | 'readonly';
}

export interface VolumeOptions {
	readonly labels?: Readonly<Record<string, string>>;
	readonly nocopy?: true;
	readonly subpath?: string;
}
