export interface TextRules {
	/** Colour (SGR) sequences stay; everything else that a terminal would act on goes. */
	readonly colour: boolean;
}

/**
 * Text from a container, made safe to stand in a line of ours: no sequence that moves the cursor, sets a title,
 * writes the clipboard or turns the reading direction survives. Linear in the length of the text.
 */
export function safeText(text: string, { colour }: TextRules): string {
	if (!unsafe.test(text)) return text;
	return text.replace(sequence, (found) => (colour && sgr.test(found) ? found : ''));
}

/** Whether `text` holds anything that `safeText` would look at; tab and line feed are safe. */
export const hasControls = (text: string): boolean => unsafe.test(text);

/** The colour sequences in force at the end of `text`, where `before` was in force at its start. */
export function carriedColour(before: string, text: string): string {
	let carried = before;
	for (const [found] of text.matchAll(colourSequence)) {
		carried = resets.test(found) ? '' : carried + found;
	}
	return carried.length <= longestCarried ? carried : '';
}

export const colourReset = '\u001b[0m';

/** More than any sane program sets; a hostile one must not make every line longer. */
const longestCarried = 64;

const escapeByte = '\\u001b';
const control = '[[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]--[\\t\\n]]';
const unsafe = new RegExp(control, 'v');

const colourSequence = new RegExp(`${escapeByte}\\[[\\d;:]*m`, 'g');
const sgr = new RegExp(`^${colourSequence.source}$`);
const resets = new RegExp(`^${escapeByte}\\[0*(?:;0*)*m$`);

/**
 * In turn: control sequences; strings up to their terminator (titles, clipboard, links, device control), whose
 * bodies end at any other control so that no input is scanned twice; other escapes; single controls; direction marks.
 */
const sequence = new RegExp(
	[
		`(?:${escapeByte}\\[|\\u009b)[0-?]*[ -\\/]*[@-~]`,
		`(?:${escapeByte}[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u0080-\\u009f]*(?:\\u0007|${escapeByte}\\\\|\\u009c)`,
		`${escapeByte}[ -\\/]*[0-~]`,
		control,
	].join('|'),
	'gv',
);
