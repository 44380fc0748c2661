import { createLineBuffer } from './line-buffer.ts';
import { carriedColour, colourReset, hasControls, safeText } from './terminal-text.ts';

export interface LogLineRules {
	/** Colour of the container's own stays. */
	readonly colour: boolean;
	/** Control characters pass: for output that goes unprefixed into a file or pipe. */
	readonly raw: boolean;
}

/** Turns one stream of a container's log into the text to print. */
export interface LogLines {
	/** The text that `bytes` completes, each line behind `prefix`; empty while no line is whole. */
	push(bytes: Uint8Array, prefix: string): string | Uint8Array;
	/** What is left when the stream ends. */
	end(prefix: string): string | Uint8Array;
}

export function createLogLines(rules: LogLineRules): LogLines {
	const buffer = createLineBuffer();
	const format = rules.raw ? prefixLines : safeLines(rules);
	const print = (lines: Buffer | undefined, prefix: string): string | Uint8Array => {
		if (lines === undefined) return '';
		return rules.raw && prefix === '' ? lines : format(lines.toString('utf8'), prefix);
	};
	return {
		push: (bytes, prefix) => print(buffer.push(bytes), prefix),
		end: (prefix) => print(buffer.end(), prefix),
	};
}

/** Colour that a line leaves on is ended there and taken up again behind the next prefix. */
function safeLines(rules: LogLineRules): (text: string, prefix: string) => string {
	let carried = '';
	const line = (text: string): string => {
		const safe = safeText(text, rules);
		if (!rules.colour) return safe;
		const before = carried;
		carried = carriedColour(before, safe);
		return before === '' && !hasControls(safe) ? safe : `${before}${safe}${colourReset}`;
	};
	return (text, prefix) => {
		if (carried === '' && !hasControls(text)) return prefixLines(text, prefix);
		let printed = '';
		for (const visible of visibleLines(text)) printed += `${prefix}${line(visible)}\n`;
		return printed;
	};
}

/** `text` ends with a line feed. */
const prefixLines = (text: string, prefix: string): string =>
	prefix === '' ? text : `${prefix}${text.slice(0, -1).replaceAll('\n', `\n${prefix}`)}\n`;

/**
 * A carriage return before a line feed is dropped; one inside a line begins a new line, so that a progress bar stays
 * readable and no text can be overwritten.
 */
function* visibleLines(text: string): Generator<string> {
	for (const line of text.slice(0, -1).split('\n')) {
		if (!line.includes('\r')) {
			yield line;
			continue;
		}
		const pieces = line.split('\r').filter((piece) => piece !== '');
		yield* pieces.length === 0 ? [''] : pieces;
	}
}
