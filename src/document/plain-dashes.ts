/** The parser marks plain scalars so. */
const scalarMark = '\u001f';

const dashBeforeBracket = /-[,[\]{}]/;

/**
 * The parser's lexemes as docker compose's YAML has them: a dash begins an item only before a blank. In `[cat, -]` it is
 * a text.
 */
export function withPlainDashes(text: string, lexemes: Iterable<string>): Iterable<string> {
	return dashBeforeBracket.test(text) ? told(lexemes) : lexemes;
}

function* told(lexemes: Iterable<string>): Iterable<string> {
	let before = '';
	/** A dash, and the empty text that the parser sees between it and a comma. */
	let held: readonly string[] = [];
	for (const lexeme of lexemes) {
		const isHeld = held.length === 0 ? lexeme === '-' && before !== scalarMark : isEmptyText(lexeme, before);
		before = lexeme;
		if (isHeld) {
			held = [...held, lexeme];
			continue;
		}
		if (held.length > 0) yield* /^[,[\]{}]$/.test(lexeme) ? [scalarMark, '-'] : held;
		held = [];
		yield lexeme;
	}
	yield* held;
}

const isEmptyText = (lexeme: string, before: string): boolean =>
	(lexeme === scalarMark && before === '-') || (lexeme === '' && before === scalarMark);
