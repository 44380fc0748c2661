/** Where the engine keeps a container's output. */
export interface Logging {
	readonly driver?: string;
	readonly options?: Readonly<Record<string, string>>;
}
