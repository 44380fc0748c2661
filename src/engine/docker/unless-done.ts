/** Settles well where the engine answers 304: it was in that state already. */
export async function unlessDone(effect: Promise<unknown>): Promise<void> {
	try {
		await effect;
	} catch (error) {
		if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 304)) throw error;
	}
}
