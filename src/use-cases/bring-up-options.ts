import type { BuildSettings } from '../execute/step-run.ts';
import type { ImageOptions } from '../plan/plan-images.ts';
import type { UpOptions } from '../plan/up-options.ts';

export interface BringUpOptions extends UpOptions, Omit<ImageOptions, keyof UpOptions> {
	readonly waitTimeoutSeconds?: number | undefined;
	readonly builds?: Omit<BuildSettings, 'builder'> | undefined;
	/** Mend what was changed by hand and stands in no list, too. */
	readonly mendsDrift?: boolean;
	/** The command to give again after a failure. */
	readonly command?: string;
}
