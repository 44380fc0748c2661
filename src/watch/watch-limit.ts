/** What of the system is used up: watches, or instances of what keeps them. */
export type WatchLimit = 'max_user_watches' | 'max_user_instances';

/** Which limit kept a folder from being watched; undefined where it was none. */
export function limitOf(error: unknown): WatchLimit | undefined {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	if (code === 'ENOSPC') return 'max_user_watches';
	return code === 'EMFILE' || code === 'ENFILE' ? 'max_user_instances' : undefined;
}
