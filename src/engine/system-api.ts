import type { LabelFilter, Labels } from './labels.ts';

export interface SystemApi {
	/** Asks the engine who it is. The first call that fails here means no engine answers. */
	version(signal?: AbortSignal): Promise<EngineVersion>;
	/** Container events from now on, for containers that carry all of `labels`. Ends when `signal` aborts. */
	containerEvents(labels: LabelFilter, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>>;
}

interface EngineVersion {
	/** Engine version, for example `28.5.2`. */
	readonly version: string;
	/** Newest API version the engine speaks. */
	readonly apiVersion: string;
	/** API version labc speaks with it. */
	readonly negotiatedApiVersion: string;
	readonly os: string;
	readonly arch: string;
}

export interface ContainerEvent {
	/** `start`, `die`, `health_status: healthy`, `destroy`, … as the engine names it. */
	readonly action: string;
	readonly containerId: string;
	readonly labels: Labels;
	/** By the engine's clock: Unix seconds with nine decimals, as `LogOptions.since` takes it. */
	readonly time: string;
	/** Present on `die`. */
	readonly exitCode?: number;
}
