import type { Emit, LabcEvent } from '../events/event.ts';
import type { Renderer } from '../render/renderer.ts';

/** What takes the events of a run and shows them. */
export interface Progress {
	readonly emit: Emit;
	/** Resolves when what was shown is complete and other output may follow. */
	flush(): Promise<void>;
}

/** One renderer from the first event until it is flushed; the next event starts another. */
export function createProgress(createRenderer: () => Renderer, now: () => number): Progress {
	let renderer: Renderer | undefined;
	return {
		emit(event) {
			renderer ??= createRenderer();
			renderer.on({ ...event, at: now() } as LabcEvent);
		},
		async flush() {
			const ending = renderer;
			renderer = undefined;
			await ending?.close();
		},
	};
}
