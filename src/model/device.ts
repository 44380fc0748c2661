/** A device of the host, by path or by a name that a device plugin knows. */
export interface DeviceMapping {
	readonly source: string;
	readonly target: string;
	readonly permissions: string;
}
