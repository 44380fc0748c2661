/** `2026-11-22 06:12 UTC`, of seconds since the epoch. */
export const utcMinute = (seconds: number): string =>
	`${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
