const credentialWord = /token|pass(?!env)|secret|key|credential|auth/i;
export const mask = '••••';

/** Whether a key of that name is likely to hold a credential. */
export const isCredential = (key: string): boolean => credentialWord.test(key);

/** The value as it may be shown beside `key`. */
export const maskValue = (key: string, value: string): string => (isCredential(key) ? mask : value);

/** Hides what stands behind a credential's name in a text such as a command: `--token=…`, `PASSWORD=…`. */
export const maskText = (text: string): string =>
	text.replaceAll(
		/([\w.-]*(?:token|pass|secret|key|credential|auth)[\w.-]*[=:]\s*|--?[\w-]*(?:token|pass|secret|key)[\w-]*[ ,]+)[^\s,]+/gi,
		`$1${mask}`,
	);

/** Hides the password of each `scheme://user:password@host`. */
export const maskUrls = (text: string): string => text.replaceAll(/(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g, `$1${mask}`);

/**
 * A source line with the values of its credentials covered, as wide as before, so that places in it stay. Names in
 * capitals count: those of attributes and services say nothing of their values.
 */
export const maskLine = (line: string): string =>
	line.replaceAll(
		/(?<![\w.-])([A-Z][A-Z\d_]*)(["']?\s*[:=]\s*["']?)([^\s"',}\]$][^\s"',}\]]*)/g,
		(all, name: string, separator: string, value: string) =>
			isCredential(name) ? `${name}${separator}${'•'.repeat(value.length)}` : all,
	);

/** Shorter values are found in too many innocent words. */
export const shortestSecret = 5;

/** Hides each of `values` wherever it stands in a text that somebody else wrote. */
export function maskValues(text: string, values: Iterable<string>): string {
	const longestFirst = [...values].toSorted((a, b) => b.length - a.length);
	return longestFirst.reduce((masked, value) => masked.replaceAll(value, mask), text);
}

/** The same for a source line, as wide as before, so that places in it stay. */
export const coverValues = (line: string, values: Iterable<string>): string =>
	[...values].reduce((covered, value) => covered.replaceAll(value, '•'.repeat(value.length)), line);
