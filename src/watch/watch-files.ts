/** Says when files that stand alone change, come or go, whatever way an editor saves them. */
export interface FileWatch {
	close(): Promise<void>;
}

/** Times in milliseconds: what is written in pieces is told once. */
const settleMs = 100;
const pollEveryMs = 500;

/**
 * chokidar's only door. It follows single files through saves by renaming, which is what it is best at; where the
 * system has no room for that, the files are looked at from time to time.
 */
export async function watchFiles(
	files: readonly string[],
	onChange: (file: string) => void,
	onError: (error: unknown) => void,
): Promise<FileWatch> {
	let polling: Promise<FileWatch> | undefined;
	const native = await open(files, 'native', {
		onChange,
		onError: (error) => {
			if (!isUsedUp(error)) onError(error);
			else polling ??= open(files, 'polling', { onChange, onError });
		},
	});
	return {
		async close() {
			await native.close();
			await (await polling)?.close();
		},
	};
}

interface Listeners {
	onChange(file: string): void;
	onError(error: unknown): void;
}

async function open(
	files: readonly string[],
	backend: 'native' | 'polling',
	{ onChange, onError }: Listeners,
): Promise<FileWatch> {
	const { watch } = await import('chokidar');
	const watcher = watch([...files], {
		ignoreInitial: true,
		backend,
		depth: 0,
		...(backend === 'native' ? { atomic: settleMs } : { pollingInterval: pollEveryMs }),
	});
	const wanted = new Set(files);
	// Where a folder above a file is not there either, it tells of the folder, and of nothing in it.
	watcher.on('all', (_, file) => (wanted.has(file) ? onChange(file) : undefined));
	watcher.on('error', onError);
	await new Promise<void>((resolve) => {
		watcher.on('ready', () => resolve());
	});
	return watcher;
}

/** Of watches, or of what keeps them. */
const isUsedUp = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && ['ENOSPC', 'EMFILE', 'ENFILE'].includes(String(error.code));
