import { displayWidth } from './display-width.ts';

/**
 * Breaks between words so that no line passes `columns`. Every line but the first begins with `indent` blanks, and
 * the first is thought to begin there, too. A longer word stays whole: paths and addresses are copied.
 */
export function wrapText(text: string, columns: number, indent = 0): string {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && indent + displayWidth(longer) > columns) {
			lines.push(line);
			line = word;
		} else {
			line = longer;
		}
	}
	return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
