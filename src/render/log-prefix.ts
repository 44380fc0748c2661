/** The names in front of log lines: aligned, and each service in a colour of its own. */
export interface LogPrefixes {
	/** Makes room for a name, so that lines written before it appears are aligned with it. */
	expect(name: string): void;
	/** `web-1  | `, coloured where colour is allowed. */
	of(name: string, service: string): string;
}

export function createLogPrefixes(options: { readonly colour: boolean }): LogPrefixes {
	let width = 0;
	const colours = new Map<string, string>();
	const expect = (name: string): void => {
		width = Math.max(width, name.length);
	};
	return {
		expect,
		of(name, service) {
			expect(name);
			const text = `${name.padEnd(width + 1)} | `;
			return options.colour ? `\u001b[${colourOf(service, colours)}m${text}\u001b[0m` : text;
		},
	};
}

function colourOf(service: string, colours: Map<string, string>): string {
	const known = colours.get(service);
	if (known !== undefined) return known;
	const colour = cycle[colours.size % cycle.length] ?? '36';
	colours.set(service, colour);
	return colour;
}

/** Cyan, yellow, green, magenta, blue, then the bright ones. */
const cycle = ['36', '33', '32', '35', '34', '36;1', '33;1', '32;1', '35;1', '34;1'] as const;
