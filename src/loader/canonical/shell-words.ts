/**
 * Splits a command line as a POSIX shell would, without expanding anything. Reading ends at an unquoted operator.
 * Undefined where a quote is not closed or the text ends in a lone backslash.
 */
export function splitShellWords(text: string): readonly string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	const part =
		/(?<blank>[ \t\r\n]+)|'(?<single>[^']*)'|"(?<double>[^"\\]*(?:\\[\s\S][^"\\]*)*)"|\\(?<escaped>[\s\S])|(?<end>[;&|<>()])|(?<plain>[^\s'"\\;&|<>()]+)|(?<other>[^'"\\])/y;
	while (part.lastIndex < text.length) {
		const groups = part.exec(text)?.groups;
		if (groups === undefined) return undefined;
		if (groups['end'] !== undefined) break;
		if (groups['blank'] === undefined) word = (word ?? '') + textOf(groups);
		else if (word !== undefined) {
			words.push(word);
			word = undefined;
		}
	}
	return word === undefined ? words : [...words, word];
}

/** Inside double quotes a backslash escapes only what would be special there. */
function textOf(groups: Readonly<Record<string, string | undefined>>): string {
	const { single, double, escaped, plain, other } = groups;
	return single ?? double?.replaceAll(/\\([\\"$`\n])/g, '$1') ?? escaped ?? plain ?? other ?? '';
}
