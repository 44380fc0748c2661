/** A variable that a text mentions, and what the text says of its value. */
export interface MentionedVariable {
	readonly name: string;
	/** Nothing takes the place of a value. */
	readonly required: boolean;
	/** Counts where the variable has no value; may mention variables itself. */
	readonly otherwise: string;
	/** Takes the place of the value where there is one. */
	readonly instead: string;
}

const depthLimit = 100;

/** The variables of a text in the order they are mentioned, with those of defaults and alternatives. */
export function mentionedVariables(text: string, depth = 0): readonly MentionedVariable[] {
	const found: MentionedVariable[] = [];
	const pattern = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-+?])?)/g;
	for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
		const [, bare, braced, operator = ''] = match;
		if (bare !== undefined) found.push(plain(bare));
		const closing = braced === undefined ? undefined : closingBrace(text, pattern.lastIndex);
		if (braced === undefined || closing === undefined) continue;
		found.push(...bracedVariables({ name: braced, operator, word: text.slice(pattern.lastIndex, closing) }, depth));
		pattern.lastIndex = closing + 1;
	}
	return found;
}

interface Braced {
	readonly name: string;
	readonly operator: string;
	readonly word: string;
}

function bracedVariables({ name, operator, word }: Braced, depth: number): readonly MentionedVariable[] {
	if (operator === '') return word === '' ? [plain(name)] : [];
	const variable = withOperator(name, operator.at(-1), word);
	const isNested = !operator.endsWith('?') && depth < depthLimit;
	return isNested ? [variable, ...mentionedVariables(word, depth + 1)] : [variable];
}

const plain = (name: string): MentionedVariable => ({ name, required: false, otherwise: '', instead: '' });

const withOperator = (name: string, operator: string | undefined, word: string): MentionedVariable => ({
	name,
	required: operator === '?',
	otherwise: operator === '-' ? word : '',
	instead: operator === '+' ? word : '',
});

/** Where the brace that is open at `start` closes, on the same line; undefined: nowhere. */
function closingBrace(text: string, start: number): number | undefined {
	let open = 1;
	for (let index = start; index < text.length; index += 1) {
		const character = text[index];
		if (character === '\n') return undefined;
		if (character === '{') open += 1;
		if (character === '}') open -= 1;
		if (open === 0) return index;
	}
	return undefined;
}
