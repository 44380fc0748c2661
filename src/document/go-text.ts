/**
 * JSON as Go writes it: some characters only as escapes, and a replacement character for each byte that is no text.
 * All of them can only stand inside strings.
 */
export function goText(json: string): string {
	const escaped = json.replaceAll(/[&<>\u2028\u2029]/g, unicodeEscape);
	if (!escaped.includes('\\udc')) return escaped;
	return escaped.replaceAll(/\\(?:udc[\da-f]{2}|.)/g, (text) => (text.startsWith('\\udc') ? '\\ufffd' : text));
}

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
