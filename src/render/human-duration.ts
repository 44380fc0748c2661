/** How long something took or is ago, in docker's words: `About a minute`, `3 hours`. */
export function humanDuration(seconds: number): string {
	const whole = Math.floor(seconds);
	if (whole < 1) return 'Less than a second';
	if (whole === 1) return '1 second';
	if (whole < 60) return `${whole} seconds`;
	const minutes = Math.floor(whole / 60);
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	return humanHours(Math.floor(seconds / 3600 + 0.5));
}

/** The same in few letters, for tables that are full: `45s`, `12m`, `3h`, `9d`. */
export function shortDuration(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	if (whole < 60) return `${whole}s`;
	if (whole < 3600) return `${Math.floor(whole / 60)}m`;
	if (whole < 48 * 3600) return `${Math.floor(whole / 3600)}h`;
	return `${Math.floor(whole / 86_400)}d`;
}

function humanHours(hours: number): string {
	if (hours === 1) return 'About an hour';
	const [, unit, length] = units.find(([limit]) => hours < limit) ?? years;
	return `${Math.floor(hours / length)} ${unit}`;
}

type Unit = readonly [belowHours: number, name: string, hours: number];

const years: Unit = [Number.POSITIVE_INFINITY, 'years', 24 * 365];
const units: readonly Unit[] = [
	[48, 'hours', 1],
	[24 * 7 * 2, 'days', 24],
	[24 * 30 * 2, 'weeks', 24 * 7],
	[24 * 365 * 2, 'months', 24 * 30],
];
