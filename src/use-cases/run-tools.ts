import type { Builder } from '../build/builder.ts';
import type { Engine } from '../engine/engine.ts';
import type { Emit } from '../events/event.ts';
import type { ContentSources } from '../execute/file-content.ts';
import type { WithLock } from '../lock/hold-lock.ts';
import type { Plan } from '../plan/plan.ts';
import type { Programs } from '../programs/programs.ts';
import type { DigestSources } from './digest-contents.ts';
import type { GpuTools } from './gpu-tools.ts';

/** Whether a variable is set that secrets and configs are taken from. */
export const isSetFor =
	({ contents }: Pick<RunTools, 'contents'>) =>
	(variable: string): boolean =>
		contents.variables().has(variable);

/** What a use-case that changes something works with. */
export interface RunTools {
	readonly engine: Engine;
	/** Asked for at the first build only. */
	builder(): Promise<Builder>;
	readonly contents: ContentSources;
	/** Providers of services and docker's plugin for models; asked for at the first use. */
	programs(): Promise<Programs>;
	/** Absent: changed contents of secrets and configs are not seen. */
	readonly digests?: DigestSources | undefined;
	readonly emit: Emit;
	/** The command as it was given, for whoever has to give it again; undefined where nobody has to. */
	readonly commandLine: string | undefined;
	/** Starts nothing new, lets what runs finish. */
	readonly signal: AbortSignal;
	/** Ends at once. */
	readonly forceSignal: AbortSignal;
	readonly parallel: number | undefined;
	/** Asks before data is destroyed; no answer is no. */
	confirm(question: string): Promise<boolean>;
	/** Whether a person sits there who can be asked where docker compose asks nobody. */
	hasPerson?(): boolean;
	/** Absent: labc gives out no GPUs, and the engine is asked as the file asks. */
	readonly gpus?: GpuTools | undefined;
	/** Takes locks on the engine; `withProjectLock` is the way to a project's. */
	readonly withLock: WithLock;
	/** Throws where the lock under which this runs is gone. */
	readonly beforeRemoval?: (() => Promise<void>) | undefined;
	/** Set by `--dry-run`: plans are shown and not carried out; `applyPlan` sees to it. */
	readonly show?: ((plan: Plan, nothing?: string) => Promise<void>) | undefined;
}
