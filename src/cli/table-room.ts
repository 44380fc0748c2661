import type { Terminal } from './terminal.ts';

/** Room for a table: as wide as the terminal; endless where the text goes elsewhere. */
export const tableRoom = (terminal: Pick<Terminal, 'outIsTerminal' | 'size'>): number | undefined =>
	terminal.outIsTerminal ? terminal.size().columns : undefined;
