/** Undefined for what is no time. */
export function unixSeconds(time: unknown): number | undefined {
	const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
	return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
