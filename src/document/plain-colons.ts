/** The parser marks plain scalars so. */
const scalarMark = '\u001f';

const colonBeforeBracket = /:[,[\]{}]/;

/**
 * The parser's lexemes as docker compose's YAML has them: a colon parts a plain key from its value only before a blank.
 * In `[a:, b]` it belongs to the text.
 */
export function withPlainColons(text: string, lexemes: Iterable<string>): Iterable<string> {
	return colonBeforeBracket.test(text) ? joined(lexemes) : lexemes;
}

function* joined(lexemes: Iterable<string>): Iterable<string> {
	let isPlain = false;
	let held: readonly string[] = [];
	for (const lexeme of lexemes) {
		if (isMore(lexeme, held)) {
			held = [...held, lexeme];
			continue;
		}
		if (held.includes(':') && isBracketOrComma(lexeme)) yield held.filter((part) => part !== scalarMark).join('');
		else yield* held;
		held = isPlain ? [lexeme] : [];
		if (!isPlain) yield lexeme;
		isPlain = lexeme === scalarMark;
	}
	yield* held;
}

/** Whether it may belong to the plain text that is held: blanks, a colon, and the empty value the parser sees behind it. */
function isMore(lexeme: string, held: readonly string[]): boolean {
	if (held.length === 0) return false;
	return held.includes(':') ? lexeme === scalarMark || lexeme === '' : lexeme === ':' || /^[ \t]+$/.test(lexeme);
}

const isBracketOrComma = (lexeme: string): boolean => /^[,[\]{}]$/.test(lexeme);
