import type { Engine } from '../engine/engine.ts';
import type { LogPrinter, LogSource } from '../render/log-printer.ts';
import type { Presence } from './log-presence.ts';
import type { PrintLogsRequest } from './print-logs.ts';

export interface FollowLogsRequest extends PrintLogsRequest {
	/** `none`: only what is written from now on, as an attached `up` shows it. */
	readonly history: 'all' | 'none';
	/** Services of which only the end is told. */
	readonly hidden?: ReadonlySet<string>;
	/** Services whose containers keep following going while they run; none: all. */
	readonly awaited?: ReadonlySet<string>;
	/** Ids of containers that the same command replaces: their end is not worth a word. */
	readonly replaced?: ReadonlySet<string>;
	/** Names that will appear, so that prefixes are aligned from the first line on. */
	readonly expectedNames?: readonly string[];
	/** While it is pending, following goes on though no container runs: an `up` is still under way. */
	readonly until?: Promise<unknown>;
	/** Given what keeps following going for more reasons. */
	onPresence?(presence: Pick<Presence, 'stayUntil'>): void;
	/** How long the last container may be gone before following ends: a restart is a short absence. */
	readonly lingerMs?: number;
	/** Called after the last line of a run is printed. */
	onExit?(exit: ContainerExit): void;
	/** Given what else is to be printed among the lines, in their form. */
	onPrinter?(printer: LogPrinter): void;
	/** Called when events are listened to: a container started from then on misses no line. */
	onReady?(): void;
}

export type FollowEngine = Pick<Engine, 'listContainers' | 'inspectContainer' | 'containerLogs' | 'containerEvents'>;

/** The end of one run of a container. */
export interface ContainerExit extends LogSource {
	readonly containerId: string;
	readonly exitCode: number;
	/** The engine starts it again by itself. */
	readonly restarting: boolean;
}
