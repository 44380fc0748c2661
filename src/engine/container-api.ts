import type { DeviceRequest } from '../model/deploy.ts';
import type { Service } from '../model/service.ts';
import type { LabelFilter, Labels } from './labels.ts';
import type { DuplexStream, OutputFrames, TerminalSize } from './streams.ts';

export interface ContainerApi {
	/** All containers, stopped ones too, that carry all of `labels`. */
	listContainers(labels: LabelFilter): Promise<readonly ContainerSummary[]>;
	inspectContainer(id: string): Promise<ContainerDetails>;
	createContainer(spec: ContainerSpec): Promise<{ readonly id: string; readonly warnings: readonly string[] }>;
	startContainer(id: string): Promise<void>;
	/** Stops within `timeoutSeconds` (the container's own grace period when absent), then kills. */
	stopContainer(id: string, timeoutSeconds?: number): Promise<void>;
	/** Stops as `stopContainer` does, and starts again; one that does not run is just started. */
	restartContainer(id: string, timeoutSeconds?: number): Promise<void>;
	killContainer(id: string, signal: string): Promise<void>;
	/** Throws `ENGINE_CONFLICT` where it does not run or is paused already. */
	pauseContainer(id: string): Promise<void>;
	/** Throws `ENGINE_REFUSED` where it is not paused. */
	unpauseContainer(id: string): Promise<void>;
	/** What runs inside, as `ps` on the engine's machine tells it. */
	containerProcesses(id: string): Promise<ProcessTable>;
	/** What it takes of the machine now; zeros for one that does not run. Takes the engine about a second. */
	containerStats(id: string, signal?: AbortSignal): Promise<ContainerStats>;
	renameContainer(id: string, name: string): Promise<void>;
	removeContainer(id: string, options: { readonly force: boolean; readonly volumes: boolean }): Promise<void>;
	/** Resolves when the container is no longer running; `next-exit` asks before it was started. */
	waitContainer(
		id: string,
		condition: 'not-running' | 'next-exit' | 'removed',
		signal?: AbortSignal,
	): Promise<{ readonly exitCode: number }>;
	resizeContainer(id: string, size: TerminalSize): Promise<void>;
	/** Both directions of a container's terminal or pipes; raw bytes with a tty, framed output without. */
	attachContainer(id: string, options: AttachOptions): Promise<DuplexStream>;
	/**
	 * Unpacks a tar, uncompressed, into a folder of the container, which need not run. Each piece of it is asked for when
	 * there is room for it on the way; what is thrown instead of one ends the call.
	 */
	putArchive(id: string, archive: Iterable<Uint8Array>, options: PutArchiveOptions): Promise<void>;
	containerLogs(id: string, options: LogOptions, signal: AbortSignal): Promise<OutputFrames>;
	createExec(containerId: string, options: ExecOptions): Promise<{ readonly id: string }>;
	startExec(execId: string, options: { readonly tty: boolean; readonly stdin: boolean }): Promise<DuplexStream>;
	startDetachedExec(execId: string): Promise<void>;
	inspectExec(execId: string): Promise<{ readonly running: boolean; readonly exitCode: number | undefined }>;
	resizeExec(execId: string, size: TerminalSize): Promise<void>;
}

/** One line of the engine's container list. */
export interface ContainerSummary {
	readonly id: string;
	/** Without the leading slash. */
	readonly name: string;
	readonly image: string;
	readonly imageId: string;
	readonly command: string;
	/** Seconds since the epoch. */
	readonly created: number;
	readonly state: ContainerState;
	/** The engine's own words: `Up 3 minutes (healthy)`. */
	readonly status: string;
	readonly labels: Labels;
	readonly ports: readonly PublishedPort[];
	/** Network name → endpoint. */
	readonly networks: ReadonlyMap<string, { readonly networkId: string }>;
	readonly mounts: readonly ObservedMount[];
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface PublishedPort {
	readonly ip?: string;
	readonly privatePort: number;
	readonly publicPort?: number;
	readonly type: string;
}

export interface ObservedMount {
	readonly type: string;
	readonly name?: string;
	readonly source: string;
	readonly destination: string;
}

export interface ContainerDetails {
	readonly id: string;
	readonly name: string;
	readonly state: {
		readonly status: ContainerState;
		readonly running: boolean;
		readonly exitCode: number;
		readonly oomKilled: boolean;
		readonly error: string;
		/** How often the engine has started it again by itself since somebody did. */
		readonly restarts?: number;
		/** RFC 3339 time of the last start; absent where it never ran. */
		readonly startedAt?: string;
		/** RFC 3339 time of the last exit; absent where it never ran. */
		readonly finishedAt?: string;
		/** Undefined where the container has no health check. */
		readonly health?: 'starting' | 'healthy' | 'unhealthy';
		/** Output of the last health probe, for messages. */
		readonly lastProbe?: string;
	};
	/** The engine's `Config` and `HostConfig`, unread. */
	readonly config: Readonly<Record<string, unknown>>;
	readonly hostConfig: Readonly<Record<string, unknown>>;
	/** The container's settings in each network, by the network's name, unread. */
	readonly endpoints: Readonly<Record<string, unknown>>;
	readonly tty: boolean;
	readonly mounts: readonly ObservedMount[];
}

/** All that the adapter needs to make a container; it turns this into the API's body. */
export interface ContainerSpec {
	readonly name: string;
	/** The service, already changed by what `run` overrides. */
	readonly service: Service;
	/** Image reference the container is made from. */
	readonly image: string;
	/** What the image is for where the service does not say. */
	readonly defaultPlatform?: string;
	readonly labels: Labels;
	/** Networks in the order of their priority; the first is the main one. Empty with `networkMode`. */
	readonly networks: readonly EndpointSpec[];
	readonly networkMode?: string;
	/** Containers it can call by other names, as `NAME:ALIAS`; of use without networks of its own. */
	readonly links?: readonly string[];
	/** Key of a volume that the project declares → the engine's name. */
	readonly volumeNames: ReadonlyMap<string, string>;
	/** Old anonymous volumes to mount again: target → volume name. */
	readonly inheritedVolumes: ReadonlyMap<string, string>;
	/** Files of secrets and configs that are mounted, read-only. */
	readonly boundFiles?: readonly BoundFile[];
	/** What labc chose in the place of the service's requests for GPUs; absent: they are sent as they are. */
	readonly gpus?: GpuGrant;
	/** Bytes of /dev/shm where labc sizes it. */
	readonly shmBytes?: number;
	readonly oneOff?: {
		readonly autoRemove: boolean;
		/** Its standard input is attached once, and ends with that. */
		readonly input: boolean;
		/** Of the terminal at its start, so that the first look at it is right. Engines before 1.42 don't know it. */
		readonly consoleSize?: TerminalSize;
	};
}

/** Requests that stand for all that a service says of GPUs, devices and runtime included where there are none. */
export interface GpuGrant {
	readonly requests: readonly DeviceRequest[];
	/** nvidia's runtime, which is the engine's usual one, is told to show none either, whatever the image says. */
	readonly hidesAll?: true;
}

export interface BoundFile {
	readonly kind: 'secret' | 'config';
	/** The engine's name of the secret or config. */
	readonly name: string;
	readonly source: string;
	readonly target: string;
}

export interface EndpointSpec {
	/** The engine's name of the network. */
	readonly network: string;
	readonly aliases: readonly string[];
	/** The file says something of this endpoint, if only `{}`: docker compose sends address settings then, empty ones too. */
	readonly isConfigured?: boolean;
	/** Containers with the names they get here, as `NAME:ALIAS`. */
	readonly links?: readonly string[];
	readonly ipv4Address?: string;
	readonly ipv6Address?: string;
	readonly linkLocalAddresses?: readonly string[];
	readonly macAddress?: string;
	readonly driverOptions?: Readonly<Record<string, string>>;
	readonly gatewayPriority?: number;
}

export interface ProcessTable {
	/** `UID`, `PID`, … */
	readonly titles: readonly string[];
	readonly processes: readonly (readonly string[])[];
}

/** Sizes are bytes. */
export interface ContainerStats {
	/** 1 is one whole core. */
	readonly cpuShare: number;
	readonly memory: number;
	readonly memoryLimit: number;
	readonly received: number;
	readonly sent: number;
	readonly read: number;
	readonly written: number;
	readonly processes: number;
}

export interface AttachOptions {
	readonly tty: boolean;
	readonly stdin: boolean;
	/** Bytes that end the attachment; docker's default is ctrl-p ctrl-q. */
	readonly detachKeys?: string;
}

interface PutArchiveOptions {
	/** The folder it is unpacked into. */
	readonly path: string;
	/** What is unpacked belongs to the user the container runs as, where that is not root. */
	readonly asContainerUser: boolean;
	/** Whether a folder may be put in the place of a file or link, and the other way round. Refused otherwise. */
	readonly replacesKinds?: boolean;
}

export interface LogOptions {
	readonly follow: boolean;
	readonly tty: boolean;
	/** Number of lines from the end; all when absent. */
	readonly tail?: number;
	readonly timestamps?: boolean;
	/** Unix seconds, with up to nine decimals. */
	readonly since?: string;
	readonly until?: string;
}

export interface ExecOptions {
	readonly command: readonly string[];
	readonly tty: boolean;
	readonly stdin: boolean;
	readonly detach?: boolean;
	readonly environment?: readonly string[];
	readonly user?: string;
	readonly workingDir?: string;
	readonly privileged?: boolean;
	/** Of the terminal at its start. Engines before 1.42 don't know it. */
	readonly consoleSize?: TerminalSize;
}
