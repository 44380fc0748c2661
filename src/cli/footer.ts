/** A line that stays below all that is written to a terminal. */
export interface Footer {
	/** What is to be written so that `text` stands above the line. */
	above(text: string | Uint8Array): string | Uint8Array;
	/** What is to be written so that another line stands there; undefined takes it away. */
	change(line: string | undefined): string;
}

/** Back to the beginning of the line, and nothing in it. */
const clear = '\r\u001b[K';

/** A text that ends in the middle of a line is left alone until that line ends. */
export function createFooter(): Footer {
	let line: string | undefined;
	let isDrawn = false;
	return {
		above(text) {
			if (line === undefined || text.length === 0) return text;
			const before = isDrawn ? clear : '';
			isDrawn = endsLine(text);
			const after = isDrawn ? line : '';
			return typeof text === 'string'
				? `${before}${text}${after}`
				: Buffer.concat([Buffer.from(before), text, Buffer.from(after)]);
		},
		change(next) {
			const before = isDrawn ? clear : '';
			line = next;
			isDrawn = next !== undefined;
			return `${before}${next ?? ''}`;
		},
	};
}

const endsLine = (text: string | Uint8Array): boolean =>
	typeof text === 'string' ? text.endsWith('\n') : text.at(-1) === 0x0a;
