/**
 * Enters a folder and all that is found below it, several at a time. `enter` gives the folders in one. Rejects as soon
 * as one can't be entered.
 */
export function walkFolders(
	roots: readonly string[],
	atOnce: number,
	enter: (folder: string) => Promise<readonly string[]>,
): Promise<void> {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	const waiting = [...roots];
	let entering = 0;
	const leave = (below: readonly string[]): void => {
		entering -= 1;
		for (const folder of below) waiting.push(folder);
		goOn();
	};
	const goOn = (): void => {
		while (entering < atOnce) {
			const folder = waiting.pop();
			if (folder === undefined) break;
			entering += 1;
			enter(folder).then(leave, reject);
		}
		if (entering === 0) resolve();
	};
	goOn();
	return promise;
}
