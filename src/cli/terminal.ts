/** The process's three streams, as commands may use them. Results go to `out`, everything else to `err`. */
export interface Terminal {
	readonly stdin: NodeJS.ReadStream;
	/** Resolves when the text is taken; a closed pipe is no error, the text is dropped. */
	out(text: string | Uint8Array): Promise<void>;
	err(text: string | Uint8Array): Promise<void>;
	/** Aborts when the reader of `out` has gone: what serves only it may end. */
	readonly outClosed: AbortSignal;
	/** The same of `err`. */
	readonly errClosed: AbortSignal;
	readonly outIsTerminal: boolean;
	readonly errIsTerminal: boolean;
	readonly inIsTerminal: boolean;
	/** Of the output terminal; 80 × 24 where there is none. */
	size(): { readonly columns: number; readonly rows: number };
	/**
	 * Keeps a line below all that is written; undefined takes it away. For a terminal that may be written escapes to.
	 * Resolves when it is so: what is written to the other stream before may come out below it.
	 */
	setFooter(line: string | undefined): Promise<void>;
	/** Calls back on every change of size until `signal` aborts. */
	onResize(listener: () => void, signal: AbortSignal): void;
	/** Whether colour and cursor movement may be written to `out` and `err`. */
	readonly colour: { readonly out: boolean; readonly err: boolean };
}
