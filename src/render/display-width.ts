/** How many columns of a terminal `text` takes: none for marks that combine, two for wide characters. */
export function displayWidth(text: string): number {
	if (printableAscii.test(text)) return text.length;
	let width = 0;
	for (const { segment } of segmenter().segment(text)) width += graphemeWidth(segment);
	return width;
}

/** Pads with blanks to `width` columns; a longer text stays as it is. */
export const padToWidth = (text: string, width: number): string =>
	text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** Cuts to at most `width` columns, the last of them `…` where something was cut. */
export function cutToWidth(text: string, width: number): string {
	if (displayWidth(text) <= width) return text;
	let cut = '';
	let used = 1;
	for (const { segment } of segmenter().segment(text)) {
		used += graphemeWidth(segment);
		if (used > width) break;
		cut += segment;
	}
	return width > 0 ? `${cut}…` : '';
}

/** Cuts to at most `width` columns by taking out the middle: names of one family begin alike and end in numbers. */
export function cutMiddle(text: string, width: number): string {
	if (displayWidth(text) <= width) return text;
	const parts = [...segmenter().segment(text)].map(({ segment }) => segment);
	const tail = takeWidth(parts.toReversed(), Math.floor((width - 1) / 2)).toReversed();
	const head = takeWidth(parts, width - 1 - displayWidth(tail.join('')));
	return width > 0 ? `${head.join('')}…${tail.join('')}` : '';
}

function takeWidth(graphemes: readonly string[], width: number): readonly string[] {
	let used = 0;
	const end = graphemes.findIndex((grapheme) => {
		used += graphemeWidth(grapheme);
		return used > width;
	});
	return graphemes.slice(0, end === -1 ? graphemes.length : end);
}

const printableAscii = /^[\x20-\x7e]*$/;
/** Made when the first text needs it: making it takes longer than a whole short command. */
let graphemes: Intl.Segmenter | undefined;
function segmenter(): Intl.Segmenter {
	graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
	return graphemes;
}

const invisible = /^[\p{Mark}\p{Cc}\p{Cf}]+$/u;
const emoji = /^(\p{Emoji_Presentation}|.*\ufe0f)/u;

function graphemeWidth(grapheme: string): number {
	if (invisible.test(grapheme)) return 0;
	return emoji.test(grapheme) || isWide(grapheme.codePointAt(0) ?? 0) ? 2 : 1;
}

/** Wide and full-width blocks of the Unicode standard's East Asian Width. */
const wideRanges: readonly (readonly [first: number, last: number])[] = [
	[0x1100, 0x115f],
	[0x2e80, 0x303e],
	[0x3041, 0x33ff],
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xa000, 0xa4cf],
	[0xa960, 0xa97f],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe10, 0xfe19],
	[0xfe30, 0xfe6f],
	[0xff00, 0xff60],
	[0xffe0, 0xffe6],
	[0x16fe0, 0x1b2ff],
	[0x1f200, 0x1f2ff],
	[0x20000, 0x3fffd],
];

const isWide = (codePoint: number): boolean =>
	wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last);
