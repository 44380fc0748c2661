/** An escape sequence that docker compose's YAML does not know, and where it stands. */
export interface BadEscape {
	readonly text: string;
	readonly offset: number;
	readonly problem: string;
	readonly hint: string;
}

/** The first such escape in a double-quoted text as it is written: YAML 1.2 and JSON allow more than YAML 1.1 does. */
export function badEscapeIn(written: string): BadEscape | undefined {
	for (const { 0: text, 1: digits, index: offset } of written.matchAll(escapes)) {
		if (text === '\\/') {
			return { text, offset, problem: 'is no escape sequence', hint: 'Write the slash without the backslash.' };
		}
		if (digits !== undefined && isSurrogate(Number.parseInt(digits, 16))) {
			return {
				text,
				offset,
				problem: 'is half a character',
				hint: 'Write the character itself, or `\\U` and 8 digits.',
			};
		}
	}
	return undefined;
}

const escapes = /\\(?:(?:u|U0000)([\da-fA-F]{4})|.)/gs;

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
