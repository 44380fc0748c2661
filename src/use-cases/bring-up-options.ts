import type { BuildSettings } from '../execute/step-run.ts';
import type { GpuMode } from '../gpu/box.ts';
import type { Plan } from '../plan/plan.ts';
import type { ImageOptions } from '../plan/plan-images.ts';
import type { UpOptions } from '../plan/up-options.ts';
import type { ListedContainers } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { GpuWait } from './await-gpus.ts';

export interface BringUpOptions extends UpOptions, Omit<ImageOptions, keyof UpOptions> {
	readonly waitTimeoutSeconds?: number | undefined;
	readonly builds?: Omit<BuildSettings, 'builder'> | undefined;
	/** Mend what was changed by hand and stands in no list, too. */
	readonly mendsDrift?: boolean;
	/** False: nobody is asked whether a volume may be recreated. */
	readonly asks?: boolean;
	/** Called with what is about to be carried out, before anything is written; throws where that must not be. */
	readonly expects?: (prepared: { readonly plan: Plan; readonly state: ObservedState }) => void;
	/** `--gpus` */
	readonly gpuMode?: GpuMode | undefined;
	/** `--gpu-wait`: queue where there are too few. */
	readonly gpuWait?: GpuWait | undefined;
	/** The project's containers, where they were asked for while its files were read: a first look, taken before any lock. */
	readonly listed?: ListedContainers | undefined;
}
