import { displayWidth } from './display-width.ts';

/**
 * Breaks between words so that no line passes `columns`. Every line but the first begins with `indent` blanks, and
 * the first is thought to begin there, too; blanks it begins with stand before the others as well. A longer word stays
 * whole: paths and addresses are copied.
 */
export function wrapText(text: string, columns: number, indent = 0): string {
	const lines: string[] = [];
	const lead = /^ */.exec(text)?.[0] ?? '';
	let line = lead;
	for (const word of text.slice(lead.length).split(' ')) {
		const longer = line === lead ? `${lead}${word}` : `${line} ${word}`;
		if (line !== lead && indent + displayWidth(longer) > columns) {
			lines.push(line);
			line = `${lead}${word}`;
		} else {
			line = longer;
		}
	}
	return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
