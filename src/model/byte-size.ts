const powers = ['', 'k', 'm', 'g', 't', 'p'];

const largest = 2n ** 63n - 1n;

/** Reads `512m`, `1.5gb`, `64 KiB` as bytes, in steps of 1024; undefined where `text` is no size. */
export function parseByteSize(text: string): bigint | undefined {
	const match = /^\+?(\d+(?:\.\d*)?|\.\d+) ?(?:([kmgtp]?)(?:i?b)?)?$/i.exec(text);
	if (match === null || /\d ?ib$/i.test(text)) return undefined;
	const [, number = '', unit = ''] = match;
	const scale = 1024n ** BigInt(powers.indexOf(unit.toLowerCase()));
	const bytes = scaled(number, scale);
	return bytes > largest ? undefined : bytes;
}

/** A fraction of a byte is dropped. */
function scaled(number: string, scale: bigint): bigint {
	const [whole = '', fraction = ''] = number.split('.');
	const digits = fraction.slice(0, 30);
	return BigInt(whole || '0') * scale + (BigInt(digits || '0') * scale) / 10n ** BigInt(digits.length);
}

/** The shortest exact text a person would write: `512m`, `1536k`, `1000`. */
export function formatByteSize(bytes: bigint): string {
	let amount = bytes;
	let power = 0;
	while (amount !== 0n && amount % 1024n === 0n && power < powers.length - 1) {
		amount /= 1024n;
		power += 1;
	}
	return `${amount}${powers[power]}`;
}
