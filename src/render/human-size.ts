const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** A number of bytes in docker's words, powers of ten, three or four digits: `2.07MB`. */
export const humanSize = (bytes: number, digits = 3): string => inUnits(bytes, { units, base: 1000, digits });

/** In powers of two, as docker shows memory: `3.828MiB`. */
export const humanBinarySize = (bytes: number): string => inUnits(bytes, { units: binaryUnits, base: 1024, digits: 4 });

interface Scale {
	readonly units: readonly string[];
	readonly base: number;
	readonly digits: number;
}

function inUnits(bytes: number, { units: names, base, digits }: Scale): string {
	let size = bytes;
	let unit = 0;
	while (size >= base && unit < names.length - 1) {
		size /= base;
		unit += 1;
	}
	return `${Number(size.toPrecision(digits))}${names[unit]}`;
}
