/** So long a person waits without asking why. */
export const longAfterMs = 10_000;

/** Tells once where something takes long. */
export async function tellLong<T>(work: Promise<T>, tell: () => void): Promise<T> {
	const timer = setTimeout(tell, longAfterMs);
	try {
		return await work;
	} finally {
		clearTimeout(timer);
	}
}
