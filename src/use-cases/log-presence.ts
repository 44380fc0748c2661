/** Who is there: following goes on while anybody is, or while somebody may still come. */
export interface Presence {
	enter(id: string): void;
	leave(id: string): void;
	/** The first look is over: from now on nobody being there counts. */
	settle(): void;
	fail(error: unknown): void;
	/** Goes on while the promise is pending, though nobody is there. */
	stayUntil(promise: Promise<unknown>): void;
	/** Resolves when nobody has been there for as long as a restart takes; rejects after `fail`. */
	empty(): Promise<void>;
}

export interface PresenceOptions {
	readonly until?: Promise<unknown>;
	readonly lingerMs?: number;
}

/** An event that says that somebody came may be this late. */
const eventDelayMs = 100;

export function createPresence({ until, lingerMs = eventDelayMs }: PresenceOptions): Presence {
	const present = new Set<string>();
	const end = Promise.withResolvers<void>();
	// Whoever waits for the end meets its failure; nobody may.
	end.promise.catch(() => undefined);
	let reasonsToStay = 1;
	let timer: NodeJS.Timeout | undefined;
	const look = (): void => {
		clearTimeout(timer);
		if (present.size === 0 && reasonsToStay === 0) timer = setTimeout(end.resolve, lingerMs);
	};
	const oneReasonLess = (): void => {
		reasonsToStay -= 1;
		look();
	};
	const stayUntil = (promise: Promise<unknown>): void => {
		reasonsToStay += 1;
		clearTimeout(timer);
		promise.then(oneReasonLess, oneReasonLess);
	};
	if (until !== undefined) stayUntil(until);
	return {
		stayUntil,
		enter(id) {
			present.add(id);
			look();
		},
		leave(id) {
			if (present.delete(id)) look();
		},
		settle: oneReasonLess,
		fail: (error) => end.reject(error),
		empty: () => end.promise,
	};
}
