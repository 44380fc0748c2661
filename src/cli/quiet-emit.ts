import type { Emit } from '../events/event.ts';

/** Leaves out the output of builds or the progress of pulls, where the user wants to see less. */
export const quietEmit =
	(emit: Emit, quiet: { readonly builds?: boolean | undefined; readonly pulls?: boolean | undefined }): Emit =>
	(event) => {
		if (quiet.builds && event.type === 'build.output') return;
		if (quiet.pulls && event.type === 'step.progress') return;
		emit(event);
	};
