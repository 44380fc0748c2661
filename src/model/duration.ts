/** Nanoseconds by unit; `d` and `w` are Compose's addition to Go's units. */
const nanosecondsByUnit: ReadonlyMap<string, bigint> = new Map([
	['ns', 1n],
	['us', 1_000n],
	['µs', 1_000n],
	['μs', 1_000n],
	['ms', 1_000_000n],
	['s', 1_000_000_000n],
	['m', 60_000_000_000n],
	['h', 3_600_000_000_000n],
	['d', 86_400_000_000_000n],
	['w', 604_800_000_000_000n],
]);

const longest = 2n ** 63n - 1n;

/** Reads `1m30s`, `1.5h`, `2d` as nanoseconds; undefined where `text` is no duration. A bare number is one only if it is 0. */
export function parseDuration(text: string): bigint | undefined {
	const unsigned = text.replace(/^[+-]/, '');
	if (unsigned === '0') return 0n;
	const part = /(\d*)(?:\.(\d*))?([a-zµμ]+)/y;
	let total = 0n;
	while (part.lastIndex < unsigned.length) {
		const nanoseconds = partOf(part.exec(unsigned));
		if (nanoseconds === undefined) return undefined;
		total += nanoseconds;
	}
	if (unsigned === '' || total > longest) return undefined;
	return text.startsWith('-') ? -total : total;
}

function partOf(match: RegExpExecArray | null): bigint | undefined {
	const [, whole = '', fraction = '', unit = ''] = match ?? [];
	const scale = nanosecondsByUnit.get(unit);
	if (scale === undefined || (whole === '' && fraction === '') || whole.length > 20) return undefined;
	const digits = fraction.slice(0, 18);
	return BigInt(whole || '0') * scale + (BigInt(digits || '0') * scale) / 10n ** BigInt(digits.length);
}

/** Go's text for a duration: `1m30s`, `168h0m0s`, `1.5s`, `100µs`. */
export function formatDuration(nanoseconds: bigint): string {
	if (nanoseconds < 0n) return `-${formatDuration(-nanoseconds)}`;
	if (nanoseconds === 0n) return '0s';
	if (nanoseconds < 1_000n) return `${nanoseconds}ns`;
	if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 1_000n)}µs`;
	if (nanoseconds < 1_000_000_000n) return `${decimal(nanoseconds, 1_000_000n)}ms`;
	const hours = nanoseconds / 3_600_000_000_000n;
	const minutes = (nanoseconds / 60_000_000_000n) % 60n;
	const seconds = `${decimal(nanoseconds % 60_000_000_000n, 1_000_000_000n)}s`;
	if (hours > 0n) return `${hours}h${minutes}m${seconds}`;
	return minutes > 0n ? `${minutes}m${seconds}` : seconds;
}

/** `amount / unit` without trailing zeros. */
function decimal(amount: bigint, unit: bigint): string {
	const fraction = (amount % unit).toString().padStart(unit.toString().length - 1, '0');
	const significant = fraction.replace(/0+$/, '');
	return significant === '' ? `${amount / unit}` : `${amount / unit}.${significant}`;
}
