import type { LabelFilter, Labels } from './labels.ts';

export interface SystemApi {
	/** Asks the engine who it is. The first call that fails here means no engine answers. */
	version(signal?: AbortSignal): Promise<EngineVersion>;
	/**
	 * Container events, for containers that carry all of `labels`: from now on, or those of a range of time. Ends when
	 * `signal` aborts, or where the range does.
	 */
	containerEvents(labels: LabelFilter, signal: AbortSignal, range?: EventRange): Promise<AsyncIterable<ContainerEvent>>;
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

/** Unix seconds, with up to nine decimals. */
export interface EventRange {
	readonly since?: string | undefined;
	readonly until?: string | undefined;
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
