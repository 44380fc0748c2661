/**
 * Splits a command line as a POSIX shell would, without expanding anything. Reading ends at an unquoted operator.
 * Undefined where a quote is not closed or the text ends in a lone backslash.
 */
export function splitShellWords(text: string): readonly string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	const part =
		/(?<blank>[ \t\r\n]+)|'(?<single>[^']*)'|"(?<double>[^"\\]*(?:\\[\s\S][^"\\]*)*)"|\\(?<escaped>[\s\S])|(?<group>`[^`]*`|\$\([^)]*\))|(?<end>[;&|<>()])|(?<plain>[^\s'"\\;&|<>()`$]+)|(?<other>[^'"\\`])/y;
	while (part.lastIndex < text.length) {
		const groups = part.exec(text)?.groups;
		if (groups === undefined) return undefined;
		if (groups['end'] !== undefined) return isRedirected(groups['end'], word) ? words : withWord(words, word);
		if (groups['blank'] === undefined) word = (word ?? '') + textOf(groups);
		else if (word !== undefined) {
			words.push(word);
			word = undefined;
		}
	}
	return withWord(words, word);
}

const withWord = (words: readonly string[], word: string | undefined): readonly string[] =>
	word === undefined ? words : [...words, word];

/** In `2>file` the number is part of the operator. */
const isRedirected = (operator: string, word = ''): boolean => operator === '>' && /^\d/.test(word);

/** Inside double quotes every backslash goes; what stands behind it stays. */
function textOf(groups: Readonly<Record<string, string | undefined>>): string {
	const { single, double, escaped, group, plain, other } = groups;
	return single ?? double?.replaceAll(/\\([\s\S])/g, '$1') ?? escaped ?? group ?? plain ?? other ?? '';
}
