import type { LabelFilter, Labels } from './labels.ts';

export interface SystemApi {
	/** Asks the engine who it is. The first call that fails here means no engine answers. */
	version(signal?: AbortSignal): Promise<EngineVersion>;
	/** What the engine tells of the machine it runs on. */
	machine(): Promise<EngineMachine>;
	/**
	 * Container events, for containers that carry all of `labels`: from now on, or those of a range of time. Ends when
	 * `signal` aborts, or where the range does.
	 */
	containerEvents(
		labels: LabelFilter,
		signal: AbortSignal,
		selection?: EventSelection,
	): Promise<AsyncIterable<ContainerEvent>>;
	/** What ends or goes from now on, whoever it is of: containers and volumes. Ends when `signal` aborts. */
	departures(signal: AbortSignal): Promise<AsyncIterable<Departure>>;
}

export interface EngineVersion {
	/** Engine version, for example `28.5.2`. */
	readonly version: string;
	/** Newest API version the engine speaks. */
	readonly apiVersion: string;
	/** API version labc speaks with it. */
	readonly negotiatedApiVersion: string;
	readonly os: string;
	readonly arch: string;
}

export interface EngineMachine {
	readonly name: string;
	readonly operatingSystem: string;
	readonly cgroupDriver: string;
	/** `1` or `2`; empty where it does not tell. */
	readonly cgroupVersion: string;
	/** Bytes; absent where it does not tell. */
	readonly memory?: number | undefined;
	/** Where it keeps images and containers, on its own machine. */
	readonly dataRoot: string;
	/** Names of the runtimes it knows. */
	readonly runtimes: readonly string[];
	/** The one of containers that name none. */
	readonly defaultRuntime: string;
	/** CDI names of devices; engines before 28.2 tell none. */
	readonly devices: readonly string[];
	/** Where its CDI specs are looked for. */
	readonly cdiFolders: readonly string[];
	/** Its own clock, in Unix seconds; undefined where it does not tell. */
	readonly time: number | undefined;
}

/** The end or the removal of a container, or the removal of a volume. */
export interface Departure {
	readonly kind: 'container' | 'volume';
	/** A container's id, a volume's name. */
	readonly id: string;
}

/** Unix seconds, with up to nine decimals. */
export interface EventRange {
	readonly since?: string | undefined;
	readonly until?: string | undefined;
}

interface EventSelection extends EventRange {
	/** Only these; all where it is undefined. */
	readonly actions?: readonly string[] | undefined;
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
