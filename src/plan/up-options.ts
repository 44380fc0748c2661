import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { GpuBox } from '../gpu/box.ts';
import type { HashForm, Plan } from './plan.ts';
import type { Reason } from './reason.ts';
import type { Selection } from './select-services.ts';

export interface UpOptions extends Selection {
	/** What becomes of containers that exist: recreated where they differ (the default), always, or never. */
	readonly recreate?: RecreatePolicy;
	/** Recreate the dependencies of the named services too, though they are up to date. */
	readonly alwaysRecreateDeps?: boolean;
	/** Make new anonymous volumes instead of carrying the old ones over; recreates. */
	readonly renewAnonymousVolumes?: boolean;
	/** Keys of volumes that may be recreated where they changed; their data are lost. For others the plan needs consent. */
	readonly recreateVolumes?: ReadonlySet<string> | 'all';
	readonly scale?: ReadonlyMap<string, number>;
	readonly orphans?: 'warn' | 'remove' | 'ignore';
	/** False: containers are made and not started. */
	readonly start?: boolean;
	/** Wait until every service runs, or is healthy where it has a health check. */
	readonly wait?: boolean;
	/** Seconds a container gets to stop; its own grace period where absent. */
	readonly stopTimeoutSeconds?: number | undefined;
	/** The image plan that was not carried out yet: its steps come first and creates wait for them. */
	readonly pendingImages?: Plan;
	/** The form of config hashes in a project whose containers don't tell one; docker compose 2.x's where absent. */
	readonly hashForm?: HashForm | undefined;
	/** Why containers that the lists find in order are recreated all the same, by name. */
	readonly drifted?: ReadonlyMap<string, readonly Reason[]>;
	/** Finds the place of an attribute in the user's files, for errors. */
	readonly locate?: LocateAttribute;
	/** The engine's GPUs, where labc gives them out; absent: the engine is asked as the file asks. */
	readonly gpus?: GpuBox | undefined;
	/** Whether a variable is set that a secret or config is taken from. */
	readonly isSet?: (variable: string) => boolean;
}

export type RecreatePolicy = 'diverged' | 'force' | 'never';
