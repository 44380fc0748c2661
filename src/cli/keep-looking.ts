import { LabcError } from '../errors/labc-error.ts';

/** What a live picture shows. */
export interface Seen<Picture> {
	readonly last: Picture;
	/** Why there is none that is newer. */
	readonly lack?: string | undefined;
}

export interface Looking<Picture> {
	look(last: Picture): Promise<Picture>;
	show(seen: Seen<Picture>): Promise<void>;
	/** Resolves after the time between two looks, or at once when it is over. */
	pause(over: AbortSignal): Promise<void>;
	readonly over: AbortSignal;
}

/**
 * Looks again and again until it is over. What fails for a while, as where the engine restarts, and what takes long is told
 * beside what was seen last.
 */
export async function keepLooking<Picture>(first: Picture, looking: Looking<Picture>): Promise<void> {
	const { show, pause, over } = looking;
	let seen: Seen<Picture> = { last: first };
	while (!over.aborted) {
		await show(seen);
		await pause(over);
		if (!over.aborted) seen = await lookOnce(seen, looking);
	}
}

/** After so many a look is late. Where the driver is loaded anew for each, all take seconds. */
const latePauses = 3;

async function lookOnce<Picture>(
	before: Seen<Picture>,
	{ look, show, pause, over }: Looking<Picture>,
): Promise<Seen<Picture>> {
	const outcome = outcomeOf(look(before.last), before.last);
	for (let pauses = 1; ; pauses += 1) {
		const end = await Promise.race([outcome, pause(over).then(() => undefined)]);
		if (over.aborted) return before;
		if (end !== undefined) return end();
		if (pauses < latePauses) continue;
		await show({ ...before, lack: before.lack ?? 'there is no newer answer yet' });
	}
}

/** Never rejects, for a look that is broken off has nobody who waits for it: what is given throws what is a defect. */
async function outcomeOf<Picture>(looking: Promise<Picture>, last: Picture): Promise<() => Seen<Picture>> {
	try {
		const next = await looking;
		return () => ({ last: next });
	} catch (error) {
		if (error instanceof LabcError) return () => ({ last, lack: error.message });
		return () => {
			throw error;
		};
	}
}
