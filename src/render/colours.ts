/** Wraps text in a terminal colour, or returns it unchanged. */
export type Colour = (text: string) => string;

export interface Colours {
	readonly red: Colour;
	readonly green: Colour;
	readonly yellow: Colour;
	readonly cyan: Colour;
	readonly bold: Colour;
	readonly dim: Colour;
}

const codes = {
	red: [31, 39],
	green: [32, 39],
	yellow: [33, 39],
	cyan: [36, 39],
	bold: [1, 22],
	dim: [2, 22],
} as const;

/** With `enabled` false no escape byte is ever written. */
export const createColours = (enabled: boolean): Colours => ({
	red: sgr(enabled, codes.red),
	green: sgr(enabled, codes.green),
	yellow: sgr(enabled, codes.yellow),
	cyan: sgr(enabled, codes.cyan),
	bold: sgr(enabled, codes.bold),
	dim: sgr(enabled, codes.dim),
});

function sgr(enabled: boolean, [on, off]: readonly [number, number]): Colour {
	if (!enabled) return (text) => text;
	return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}
