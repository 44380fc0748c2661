import type { ProjectEvent } from '../use-cases/tell-events.ts';

/** `2026-01-02 13:23:37.123456 container start ID (image=alpine, name=lab-web-1)` */
export function formatEventLine({ time, action, containerId, attributes }: ProjectEvent): string {
	const [date, clock] = rfc3339(time).slice(0, toMicroseconds).split('T');
	const said = Object.entries(attributes).map(([key, value]) => `${key}=${value}`);
	return `${date} ${clock} container ${action} ${containerId} (${said.join(', ')})`;
}

const toMicroseconds = 'yyyy-mm-ddThh:mm:ss.000000'.length;

/** One object with docker compose's keys. */
export const formatEventJson = ({ time, action, containerId, service, attributes }: ProjectEvent): string =>
	JSON.stringify({
		action,
		attributes,
		id: containerId,
		service,
		time: withoutZeros(rfc3339(time)),
		type: 'container',
	});

/** The engine's seconds with nine decimals, in UTC, so that the text is the same on every machine. */
function rfc3339(time: string): string {
	const [seconds, fraction = ''] = time.split('.');
	return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`;
}

const withoutZeros = (time: string): string => time.replace(/\.?0*Z$/, 'Z');
