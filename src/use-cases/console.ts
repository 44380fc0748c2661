import type { TerminalSize } from '../engine/streams.ts';

/** The caller's side of a conversation with a program in a container. */
export interface Console {
	out(bytes: Uint8Array): Promise<void>;
	err(bytes: Uint8Array): Promise<void>;
	/** Aborts when the reader of the output has gone. */
	readonly outClosed: AbortSignal;
	readonly input: ConsoleInput;
	readonly terminal: ConsoleTerminal;
}

export interface ConsoleInput {
	/** Hands over piece by piece, the next when the last is taken; resolves at the end of input or when `signal` aborts. */
	read(take: (bytes: Uint8Array) => Promise<void>, signal: AbortSignal): Promise<void>;
}

export interface ConsoleTerminal {
	size(): TerminalSize;
	onResize(listener: () => void, signal: AbortSignal): void;
	/** From now on every key reaches the program and its output the screen, unchanged. */
	enterRawMode(): Promise<RawMode>;
}

export interface RawMode {
	/** Puts the terminal back as it was. May be called twice. */
	restore(): void;
	/** Aborts when the terminal's line is cut: its window was closed, its network connection broke. */
	readonly hungUp: AbortSignal;
}

/** How a program is connected to the caller. */
export interface Connection {
	readonly tty: boolean;
	/** The caller's input reaches the program. */
	readonly input: boolean;
}
