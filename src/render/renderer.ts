import type { LabcEvent } from '../events/event.ts';

/** Turns events into what a person or a program reads. Writes to standard error only: results have the output. */
export interface Renderer {
	on(event: LabcEvent): void;
	/** Resolves when everything is written and the terminal is as it was. */
	close(): Promise<void>;
}
