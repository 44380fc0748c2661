/** Says when files that stand alone change, come or go, whatever way an editor saves them. */
export interface FileWatch {
	close(): Promise<void>;
}

/** Times in milliseconds: what is written in pieces is told once. */
const settleMs = 100;

/** chokidar's only door. It follows single files through saves by renaming, which is what it is best at. */
export async function watchFiles(
	files: readonly string[],
	onChange: (file: string) => void,
	onError: (error: unknown) => void,
): Promise<FileWatch> {
	const { watch } = await import('chokidar');
	const watcher = watch([...files], {
		ignoreInitial: true,
		backend: 'native',
		depth: 0,
		atomic: settleMs,
	});
	watcher.on('all', (_, file) => onChange(file));
	watcher.on('error', onError);
	await new Promise<void>((resolve) => {
		watcher.on('ready', () => resolve());
	});
	return watcher;
}
