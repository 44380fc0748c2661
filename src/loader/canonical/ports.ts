import { formatScalar } from '../../document/format-scalar.ts';
import type { MappingNode, Node, SequenceNode } from '../../document/node.ts';
import { compareText } from '../../model/ordered-entries.ts';
import { isIP } from './ip.ts';
import { mappingOf, refuse, type Spot, withDefaults, within } from './spot.ts';

/** Ports in long form, one entry for each container port. */
export function canonicalPorts(node: Node, spot: Spot): Node {
	if (node.kind !== 'sequence') return node;
	const items = node.items.flatMap((item, index) => canonicalPort(item, within(spot, index)));
	return { ...node, items } satisfies SequenceNode;
}

/** Ports stay as they are written, but a float is none. */
export function canonicalExpose(node: Node, spot: Spot): Node {
	if (node.kind !== 'sequence') return node;
	node.items.forEach((item, index) => {
		if (item.kind !== 'scalar' || item.float !== true) return;
		const message = `\`${formatScalar(item)}\` is not a port: it is a number with a fraction`;
		refuse(within(spot, index), item, message, 'Write a whole number, or put the value in quotes.');
	});
	return node;
}

function canonicalPort(item: Node, spot: Spot): readonly Node[] {
	if (item.kind === 'mapping') return [longPort(item, spot)];
	if (item.kind === 'sequence') return [item];
	const ports = item.float === true ? undefined : parseShortPort(formatScalar(item));
	if (typeof ports === 'object') return ports.map((port) => mappingOf({ ...port }, item.at));
	refuse(spot, item, `\`${formatScalar(item)}\` is not a port${ports === undefined ? '' : `: ${ports}`}`, hint);
	return [];
}

const hint = 'Write it as "[HOST_IP:][HOST_PORT:]CONTAINER_PORT[/PROTOCOL]", for example "127.0.0.1:8080:80".';

function longPort(item: MappingNode, spot: Spot): Node {
	if (!item.entries.has('target'))
		refuse(spot, item, 'a port has no target', 'Add `target`, the port inside the container.');
	return withDefaults(item, { mode: 'ingress', protocol: 'tcp' });
}

/** The attributes of a long port that a short one can say. */
interface ShortPort {
	readonly mode: 'ingress';
	readonly host_ip: string | undefined;
	readonly target: number;
	readonly published: string | undefined;
	readonly protocol: string;
}

/** The ports a short form stands for, or what is wrong with it. */
export function parseShortPort(text: string): readonly ShortPort[] | string {
	const { address, host, container, protocol } = splitPort(text);
	const problem = problemOf(address, protocol);
	if (problem !== undefined) return problem;
	const target = parseRange(container);
	const published = host === '' ? undefined : parseRange(host);
	if (container === '') return 'the container port is missing';
	if (target === undefined) return `\`${container}\` is not a port number or range`;
	if (host !== '' && published === undefined) return `\`${host}\` is not a port number or range`;
	return pairUp(target, published, { host_ip: withoutBrackets(address) || undefined, protocol });
}

function problemOf(address: string, protocol: string): string | undefined {
	if (!['tcp', 'udp', 'sctp'].includes(protocol)) return `the protocol \`${protocol}\` is none of tcp, udp, sctp`;
	if (address === '' || address === '[]') return undefined;
	const bare = withoutBrackets(address);
	if (bare === address && address.includes(':'))
		return `\`${address}\` is not an IP address; one with colons needs brackets`;
	return isIP(bare) ? undefined : `\`${bare}\` is not an IP address`;
}

const withoutBrackets = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');

interface PortParts {
	/** As written. */
	readonly address: string;
	readonly host: string;
	readonly container: string;
	readonly protocol: string;
}

/** The host part may be an IPv6 address with colons of its own, so reading goes from the right. */
function splitPort(text: string): PortParts {
	const slash = text.lastIndexOf('/');
	const protocol = slash === -1 ? 'tcp' : text.slice(slash + 1).toLowerCase() || 'tcp';
	const parts = (slash === -1 ? text : text.slice(0, slash)).split(':');
	const container = parts.pop() ?? '';
	const host = parts.pop() ?? '';
	return { address: parts.join(':'), host, container, protocol };
}

interface PortRange {
	readonly first: number;
	readonly last: number;
}

function parseRange(text: string): PortRange | undefined {
	const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
	if (match === null) return undefined;
	const first = Number(match[1]);
	const last = Number(match[2] ?? match[1]);
	return last > 65535 || last < first ? undefined : { first, last };
}

function pairUp(
	target: PortRange,
	published: PortRange | undefined,
	common: { readonly host_ip: string | undefined; readonly protocol: string },
): readonly ShortPort[] | string {
	const count = target.last - target.first + 1;
	const hostCount = published === undefined ? count : published.last - published.first + 1;
	if (count !== hostCount && count !== 1) {
		return `${hostCount} host ports cannot be paired with ${count} container ports`;
	}
	const ports = Array.from({ length: count }, (_, index) => ({
		mode: 'ingress' as const,
		...common,
		target: target.first + index,
		published: publishedAt(index, published, count !== hostCount),
	}));
	return ports.sort((a, b) => compareText(`${a.target}/`, `${b.target}/`));
}

/** Several host ports for one container port stay a range: the engine picks a free one. */
function publishedAt(index: number, published: PortRange | undefined, isChoice: boolean): string | undefined {
	if (published === undefined) return undefined;
	return isChoice ? `${published.first}-${published.last}` : `${published.first + index}`;
}
