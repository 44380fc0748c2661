import { readFileSync } from 'node:fs';
import type { RawTerminalHost } from './raw-terminal.ts';

interface KeyInput {
	on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
	off(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
	resume(): unknown;
	pause(): unknown;
}

/**
 * Calls back for each key as it is pressed, without showing it. Ctrl-C stays a signal. Gives what puts the terminal
 * back, which the end of the process does too; undefined where the terminal can't be prepared.
 */
export function readKeys(
	host: Pick<RawTerminalHost, 'stty' | 'onEnd'>,
	input: KeyInput,
	onKey: (key: string) => void,
): (() => void) | undefined {
	let saved: string;
	try {
		saved = host.stty(['-g']).trim();
		host.stty(['-icanon', '-echo', 'susp', 'undef', 'min', '1']);
	} catch {
		return undefined; // without `stty` there are no keys, and everything else goes on
	}
	const onData = (bytes: Uint8Array): void => {
		for (const key of Buffer.from(bytes).toString()) onKey(key);
	};
	let isActive = true;
	const restore = (): void => {
		if (!isActive) return;
		isActive = false;
		unlisten();
		input.off('data', onData);
		input.pause();
		host.stty([saved]);
	};
	const unlisten = host.onEnd(restore);
	input.on('data', onData);
	input.resume();
	return restore;
}

/** Whether the terminal is ours to read: a job in the background would be stopped for that. */
export function isInForeground(stat: () => string = () => readFileSync('/proc/self/stat', 'utf8')): boolean {
	try {
		// The name of the program, in brackets, may hold anything.
		const [, , group, , , terminalGroup] = stat()
			.replace(/^.*\) /s, '')
			.split(' ');
		return group === terminalGroup;
	} catch {
		return true; // no Linux
	}
}
