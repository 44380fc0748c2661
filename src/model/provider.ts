/** Another program that provides a service. */
export interface Provider {
	readonly type: string;
	readonly options?: Readonly<Record<string, readonly string[]>>;
}
