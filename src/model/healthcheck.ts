export interface Healthcheck {
	readonly test?: readonly string[];
	readonly timeout?: string;
	readonly interval?: string;
	readonly retries?: number;
	readonly start_period?: string;
	readonly start_interval?: string;
	readonly disable?: true;
}
