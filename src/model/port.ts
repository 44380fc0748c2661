export interface Port {
	readonly name?: string;
	readonly mode: string;
	readonly host_ip?: string;
	/** The container's port. */
	readonly target: number;
	/** A host port, or a range `8000-8005` the engine picks one of; absent: any free one. */
	readonly published?: string;
	readonly protocol: string;
	readonly app_protocol?: string;
}
