/**
 * Unix seconds with nine decimals. The nanoseconds come as a number too large to be exact, so the seconds are taken
 * from the field that is.
 */
export function unixTime(seconds: number, nanoseconds: number): string {
	const fraction = Math.round(nanoseconds - seconds * 1e9);
	return `${seconds}.${String(Math.min(Math.max(fraction, 0), 999_999_999)).padStart(9, '0')}`;
}
