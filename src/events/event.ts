/** What a run tells while it goes on. Renderers turn events into text; nothing else prints progress. */
export type LabcEvent = { readonly at: number } & (
	| { readonly type: 'plan.ready'; readonly rows: readonly PlanRow[] }
	| { readonly type: 'step.started'; readonly step: StepInfo }
	| { readonly type: 'step.progress'; readonly step: StepInfo; readonly text: string; readonly fraction?: number }
	| { readonly type: 'step.done'; readonly step: StepInfo }
	| { readonly type: 'step.failed'; readonly step: StepInfo; readonly message: string }
	| { readonly type: 'step.skipped'; readonly step: StepInfo; readonly message: string }
	| { readonly type: 'build.output'; readonly service: string; readonly text: string }
	| { readonly type: 'hook.output'; readonly container: string; readonly service: string; readonly bytes: Uint8Array }
	| {
			readonly type: 'warning';
			readonly message: string;
			readonly hint?: string | undefined;
			/** What watching could not do, for programs that wait for it. */
			readonly failed?: WatchFailure;
	  }
	| {
			readonly type: 'watch.ready';
			readonly services: readonly string[];
			readonly folders: number;
			/** How long it took to look at them for the first time. */
			readonly milliseconds: number;
	  }
	| {
			/** Something slow begins, which `watch.done` or a warning ends. */
			readonly type: 'watch.started';
			readonly service: string;
			readonly what: WatchDone;
			readonly changed: readonly string[];
	  }
	| {
			readonly type: 'watch.done';
			readonly service: string;
			readonly what: WatchDone;
			/** Paths that led to it, or that were repaired. */
			readonly changed: readonly string[];
			/** How many of them are no longer there. */
			readonly deleted?: number;
			/** The one that was repaired. */
			readonly container?: string;
			/** How many containers; undefined for what is done to the service as a whole. */
			readonly count?: number;
			/** Where there are containers and none runs: what they wait for. */
			readonly waiting?: Waiting;
			readonly milliseconds: number;
	  }
	| {
			readonly type: 'watch.output';
			readonly service: string;
			/** As log prefixes name it. */
			readonly container: string;
			readonly text: string;
	  }
	| { readonly type: 'watch.reload'; readonly changed: string; readonly changes: readonly string[] }
	/** The system has room to watch all folders again. */
	| { readonly type: 'watch.unlimited' }
	| ({ readonly type: 'gpu.waiting' } & GpuWaiting)
	/** All that was waited for can be had, and nobody comes before. */
	| { readonly type: 'gpu.turn' }
	/** Who waited waits no longer and is not served. */
	| { readonly type: 'gpu.left' }
	| {
			readonly type: 'run.done';
			readonly changed: number;
			readonly failed: number;
			/** Somebody cut the run short: that nothing was changed does not say that nothing was to do. */
			readonly interrupted: boolean;
			/** A volume stays that is not as declared. */
			readonly keepsOld?: boolean;
	  }
);

/** Where somebody stands in the queue for GPUs. */
export interface GpuWaiting {
	readonly ticket: number;
	/** From 1. */
	readonly place: number;
	/** How many wait in all. */
	readonly length: number;
	/** Whom it waits for, among those who wait too. */
	readonly behind: readonly string[];
	/** Who has what it waits for: `GPU 0 (GPU-12345678…): lab-trainer-1, project lab, …`. */
	readonly held: readonly string[];
}

/** What watching has done to a service. */
export type WatchDone = 'synced' | 'repaired' | 'restarted' | 'rebuilt' | 'executed';

/** What watching could not do. */
export interface WatchFailure {
	readonly service: string;
	readonly what: WatchDone;
	/** What went wrong, where the warning says more than that. */
	readonly error?: string;
	/** `file:line:column`, where it is something in the user's files. */
	readonly place?: string | undefined;
	/** What to do about the error itself. */
	readonly hint?: string | undefined;
}

/** Containers that don't run. */
export interface Waiting {
	readonly containers: readonly string[];
	readonly arePaused: boolean;
}

/** A step as renderers see it: enough to say what happens to what, and in docker compose's words. */
export interface StepInfo {
	readonly id: string;
	readonly resource: EventResource;
	/** While it runs: `Creating`. */
	readonly doing: string;
	/** When it is done: `Created`. */
	readonly done: string;
}

export interface EventResource {
	readonly kind: 'Network' | 'Volume' | 'Container' | 'Image' | 'Service' | 'Model';
	/** The engine's name for it. */
	readonly name: string;
}

interface PlanRow {
	readonly id: string;
	readonly text: string;
	readonly reason: string;
}

/** Stamps and delivers an event. */
export type Emit = (event: DistributiveOmit<LabcEvent, 'at'>) => void;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
