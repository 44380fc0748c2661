import type { PublishedPort } from '../engine/container-api.ts';

/** By container port, then address, then host port: the order of docker's own lists. */
export const sortPorts = (ports: readonly PublishedPort[]): readonly PublishedPort[] =>
	ports.toSorted(
		(a, b) =>
			a.privatePort - b.privatePort ||
			compareText(a.ip ?? '', b.ip ?? '') ||
			(a.publicPort ?? 0) - (b.publicPort ?? 0) ||
			compareText(a.type, b.type),
	);

/** `127.0.0.1:8889->8888/tcp, 9000-9002/tcp`, as docker writes it. */
export function formatPorts(ports: readonly PublishedPort[]): string {
	const ranges: Range[] = [];
	const mappings: string[] = [];
	for (const port of sortPorts(ports)) {
		if (port.ip !== undefined && port.publicPort !== port.privatePort) mappings.push(formatMapping(port.ip, port));
		else addToRanges(ranges, port);
	}
	return [...ranges.map(formatRange), ...mappings].join(', ');
}

/** Ports in a row that are published alike. */
interface Range {
	readonly ip: string | undefined;
	readonly type: string;
	readonly first: number;
	last: number;
}

function addToRanges(ranges: Range[], { ip, type, privatePort }: PublishedPort): void {
	const open = ranges.findLast((range) => range.ip === ip && range.type === type);
	if (open?.last === privatePort - 1) open.last = privatePort;
	else ranges.push({ ip, type, first: privatePort, last: privatePort });
}

function formatRange({ ip, type, first, last }: Range): string {
	const ports = first === last ? `${first}` : `${first}-${last}`;
	return ip === undefined ? `${ports}/${type}` : `${bracketed(ip)}:${ports}->${ports}/${type}`;
}

const formatMapping = (ip: string, { publicPort, privatePort, type }: PublishedPort): string =>
	`${bracketed(ip)}:${publicPort}->${privatePort}/${type}`;

/** IPv6 addresses have colons of their own. */
export const bracketed = (ip: string): string => (ip.includes(':') ? `[${ip}]` : ip);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
