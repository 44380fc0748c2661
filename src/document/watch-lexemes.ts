import { type Progress, watchTabs } from './tab-watch.ts';

/** What is wrong with a text, as the parser tells it. */
export interface Fault {
	readonly code: string;
	readonly message: string;
	/** Where it begins and ends. */
	readonly pos: readonly [start: number, end: number];
}

/** What any of the faults below needs: most files hold nothing of it. */
const mayHaveFaults = /[\t!&]|\\"|''/;

/** The parser marks unquoted texts and blocks so. */
const textMark = '\u001f';

/**
 * Collects in `faults`, of each lexeme in turn, what docker compose's YAML minds and the parser does not. Undefined
 * where a text cannot have such.
 */
export function watchLexemes(
	text: string,
	faults: Fault[],
): ((lexeme: string, progress: Progress) => void) | undefined {
	if (!mayHaveFaults.test(text)) return undefined;
	const tabIn = text.includes('\t') ? watchTabs(text) : undefined;
	let before = '';
	return (lexeme, progress) => {
		const tab = tabIn?.(lexeme, progress);
		if (tab !== undefined) faults.push(faultAt('TAB', tab));
		if (isUnfinished(before, lexeme)) faults.push(faultAt('PROPERTY_END', progress.offset - before.length, before));
		const isText = before === textMark;
		before = isText ? '' : lexeme;
		if (!isText && isUnclosed(lexeme)) faults.push(faultAt('QUOTE_ESCAPED', progress.offset));
	};
}

const faultAt = (code: string, start: number, message = ''): Fault => ({ code, message, pos: [start, start + 1] });

/** Whether a tag or an anchor is not followed by what may follow it. */
function isUnfinished(property: string, next: string): boolean {
	if (property.startsWith('!')) return property === '!<>' || property.includes('#') || !/^\s/.test(next);
	return property.startsWith('&') && /^[[{]/.test(next);
}

/** Whether the quote that ends a quoted text is an escaped one: the parser ends it where its lines are indented too little. */
function isUnclosed(lexeme: string): boolean {
	const quote = lexeme.charAt(0);
	if ((quote !== '"' && quote !== "'") || !lexeme.endsWith(quote)) return false;
	const sign = quote === '"' ? '\\' : quote;
	let escapes = 0;
	for (let index = lexeme.length - 2; index > 0 && lexeme[index] === sign; index -= 1) escapes += 1;
	return escapes % 2 === 1;
}
