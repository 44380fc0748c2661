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

/**
 * The variables of a text, with those of defaults and alternatives, in docker compose's order: it reads a mention with
 * an operator only after the others on its line that come before the line's last brace.
 */
export function mentionedVariables(text: string, depth = 0): readonly MentionedVariable[] {
	const found: MentionedVariable[] = [];
	const held: (readonly MentionedVariable[])[] = [];
	let heldUntil = 0;
	for (const { at, isHeld, variables } of mentionsOf(text, depth)) {
		if (at > heldUntil) found.push(...held.splice(0).reverse().flat());
		if (!isHeld) found.push(...variables);
		else if (held.push(variables) === 1) heldUntil = lastBraceOfLine(text, at);
	}
	return [...found, ...held.reverse().flat()];
}

function lastBraceOfLine(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	return text.lastIndexOf('}', end === -1 ? text.length : end);
}

interface Mention {
	readonly at: number;
	/** It has an operator. */
	readonly isHeld: boolean;
	/** Its own, then those of its default or alternative. */
	readonly variables: readonly MentionedVariable[];
}

function mentionsOf(text: string, depth: number): readonly Mention[] {
	const mentions: Mention[] = [];
	const pattern = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-+?])?)/g;
	for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
		const [, bare, braced, operator = ''] = match;
		if (bare !== undefined) mentions.push({ at: match.index, isHeld: false, variables: [plain(bare)] });
		const closing = braced === undefined ? undefined : closingBrace(text, pattern.lastIndex);
		if (braced === undefined || closing === undefined) continue;
		const variables = bracedVariables({ name: braced, operator, word: text.slice(pattern.lastIndex, closing) }, depth);
		mentions.push({ at: match.index, isHeld: operator !== '', variables });
		pattern.lastIndex = closing + 1;
	}
	return mentions;
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
