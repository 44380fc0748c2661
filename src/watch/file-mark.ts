import { statSync } from 'node:fs';

/** Another one for a file that was changed, replaced or removed, or came. A link is followed. */
export function fileMark(file: string): string {
	try {
		const stats = statSync(file, { throwIfNoEntry: false });
		if (stats === undefined) return 'none';
		if (!stats.isFile()) return 'no file';
		return [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ');
	} catch {
		return 'none'; // a folder above it that may not be entered, or is none any more
	}
}
