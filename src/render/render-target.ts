/** Where a renderer writes: standard error, as much of it as a renderer needs to know. */
export interface RenderTarget {
	write(text: string): void;
	/** Resolves when everything written so far is taken. */
	flushed(): Promise<void>;
	/** Size of the terminal; asked again for every frame. */
	size(): { readonly columns: number; readonly rows: number };
	readonly isTerminal: boolean;
	/** Whether escape sequences may be written. */
	readonly colour: boolean;
}
