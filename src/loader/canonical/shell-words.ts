const partPattern =
	/(?<blank>[ \t\r\n]+)|'(?<single>[^']*)'|"(?<double>[^"\\]*(?:\\[\s\S][^"\\]*)*)"|\\(?<escaped>[\s\S])|(?<group>`[^`]*`|\$\([^)]*\))|(?<end>[;&|<>()])|(?<plain>[^\s'"\\;&|<>()`$]+)|(?<other>[^'"\\`])/;

/**
 * Splits a command line as a POSIX shell would, without expanding anything. Reading ends at an unquoted operator.
 * Undefined where a quote is not closed or the text ends in a lone backslash.
 */
export function splitShellWords(text: string): readonly string[] | undefined {
	const parts = partsUpToOperator(text);
	if (parts === undefined) return undefined;
	const words: string[] = [];
	let isInWord = false;
	for (const part of parts) {
		const isPiece = part['blank'] === undefined && part['end'] === undefined;
		if (isPiece) words.push((isInWord ? words.pop() : '') + textOf(part));
		else if (isInWord && isRedirection(part, words)) words.pop();
		isInWord = isPiece;
	}
	return words;
}

/** In `2>file` the number is part of the operator. */
const isRedirection = (part: PartGroups, words: readonly string[]): boolean =>
	part['end'] === '>' && /^\d/.test(words.at(-1) ?? '');

type PartGroups = Readonly<Record<string, string | undefined>>;

function partsUpToOperator(text: string): readonly PartGroups[] | undefined {
	const parts: PartGroups[] = [];
	const pattern = new RegExp(partPattern, 'y');
	while (pattern.lastIndex < text.length && parts.at(-1)?.['end'] === undefined) {
		const groups = pattern.exec(text)?.groups;
		if (groups === undefined) return undefined;
		parts.push(groups);
	}
	return parts;
}

/** Inside double quotes every backslash goes; what stands behind it stays. */
function textOf(groups: PartGroups): string {
	const { single, double, escaped, group, plain, other } = groups;
	return single ?? double?.replaceAll(/\\([\s\S])/g, '$1') ?? escaped ?? group ?? plain ?? other ?? '';
}
