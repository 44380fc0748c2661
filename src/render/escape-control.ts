/**
 * Makes control characters visible, so that text from files, engines and containers can neither move the cursor nor
 * hide what follows. Line feeds and tabs stay; so does everything printable in any script.
 */
export const escapeControl = (text: string): string => text.replace(unsafe, escapeCharacter);

/** The same for text that must stay on one line. */
export const escapeLine = (text: string): string => escapeControl(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');

/** Control characters but tab and line feed, and the marks that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function escapeCharacter(character: string): string {
	const code = character.charCodeAt(0);
	return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
