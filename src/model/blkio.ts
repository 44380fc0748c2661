/** Limits of disk traffic. The capital letters inside are docker compose's own: it prints and hashes them so. */
export interface BlkioConfig {
	readonly weight?: number;
	readonly weight_device?: readonly { readonly Path?: string; readonly Weight?: number }[];
	readonly device_read_bps?: readonly BlkioRate[];
	readonly device_read_iops?: readonly BlkioRate[];
	readonly device_write_bps?: readonly BlkioRate[];
	readonly device_write_iops?: readonly BlkioRate[];
}

export interface BlkioRate {
	readonly Path?: string;
	readonly Rate?: string;
}
