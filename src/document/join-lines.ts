/**
 * The text with blanks for the ends of lines in the quotes or brackets that open at `start`, so that no line of theirs
 * is indented too little: docker compose's YAML minds no indentation there. Undefined where they are not closed, or
 * hold a key, which has to be on one line.
 */
export function joinedAt(start: number, text: string): string | undefined {
	const end = /["']/.test(text[start] ?? '') ? endOfQuote(start, text) : endOfBracket(start, text);
	if (end === undefined || isKey(end, text)) return undefined;
	const inside = text.slice(start, end);
	if (!inside.includes('\n') || /\n(?:---|\.\.\.)\s/.test(inside)) return undefined;
	return text.slice(0, start) + joined(inside) + text.slice(end);
}

const isKey = (end: number, text: string): boolean => /^[ \t]*:(?:\s|$)/.test(text.slice(end, end + 200));

/** Quotes as they are, so that what looks like a comment in them is none. */
const quoteOrComment = /(?<=[\s,[{:])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|#[^\n]*)/gs;

function joined(inside: string): string {
	const isQuoted = /^["']/.test(inside);
	const bare = isQuoted ? inside : inside.replaceAll(quoteOrComment, withoutComment);
	return bare.replaceAll(/\r?\n/g, blanksFor);
}

const withoutComment = (found: string): string => (found.startsWith('#') ? blanksFor(found) : found);

const blanksFor = (text: string): string => ' '.repeat(text.length);

function endOfQuote(start: number, text: string): number | undefined {
	const quoted = text[start] === '"' ? /"(?:[^"\\]|\\.)*"/sy : /'(?:[^']|'')*'/y;
	quoted.lastIndex = start;
	return quoted.test(text) ? quoted.lastIndex : undefined;
}

const landmark = /["'#[\]{}]/g;

function endOfBracket(start: number, text: string): number | undefined {
	let depth = 0;
	landmark.lastIndex = start;
	for (let found = landmark.exec(text); found !== null; found = landmark.exec(text)) {
		const { 0: character, index } = found;
		depth += depthOf(character);
		if (depth === 0) return index + 1;
		const end = endOfPart(index, text);
		if (end === undefined) return undefined;
		landmark.lastIndex = end;
	}
	return undefined;
}

function depthOf(character: string): number {
	if (character === '[' || character === '{') return 1;
	return character === ']' || character === '}' ? -1 : 0;
}

/** Behind the quotes or the comment that begins here, else behind the character; undefined where quotes stay open. */
function endOfPart(start: number, text: string): number | undefined {
	if (!/[\s,[{:]["'#]/.test(text.slice(start - 1, start + 1))) return start + 1;
	return text[start] === '#' ? endOfLine(start, text) : endOfQuote(start, text);
}

function endOfLine(start: number, text: string): number {
	const end = text.indexOf('\n', start);
	return end === -1 ? text.length : end;
}
