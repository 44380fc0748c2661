import type { Emit } from '../events/event.ts';

/** What the user does not want to see. What goes wrong is always told. */
export interface Quiet {
	readonly all?: boolean | undefined;
	/** The output of builds. */
	readonly builds?: boolean | undefined;
	/** The progress of pulls. */
	readonly pulls?: boolean | undefined;
}

/** Leaves out of the progress what the user does not want to see. */
export const quietEmit =
	(emit: Emit, { all, builds, pulls }: Quiet): Emit =>
	(event) => {
		if (all && event.type !== 'warning' && event.type !== 'step.failed') return;
		if (builds && event.type === 'build.output') return;
		if (pulls && event.type === 'step.progress') return;
		emit(event);
	};
