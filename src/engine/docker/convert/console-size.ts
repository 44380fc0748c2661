import type { TerminalSize } from '../../streams.ts';
import { compareApiVersions } from '../api-version.ts';

const knownSince = '1.42';

/** A terminal's size as it starts, rows first, for engines that take it. */
export function consoleSize(
	size: TerminalSize | undefined,
	apiVersion: string,
): { readonly ConsoleSize?: [rows: number, columns: number] } {
	const isKnown = compareApiVersions(apiVersion, knownSince) >= 0;
	return size === undefined || !isKnown ? {} : { ConsoleSize: [size.rows, size.columns] };
}
