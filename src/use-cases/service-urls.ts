import type { PublishedPort } from '../engine/container-api.ts';
import { bracketed } from '../render/port-list.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

export interface ServiceUrl {
	readonly service: string;
	readonly url: string;
}

/**
 * What a person can open in a browser: the published web ports of running containers. `engineHost` is the host of an
 * engine reached over the network; without it the ports are on this machine.
 */
export function serviceUrls(
	containers: readonly Pick<ObservedContainer, 'service' | 'state' | 'ports'>[],
	engineHost: string | undefined,
): readonly ServiceUrl[] {
	const urls = new Map<string, ServiceUrl>();
	for (const { service, state, ports } of containers) {
		if (state !== 'running') continue;
		for (const port of ports.toSorted((a, b) => a.privatePort - b.privatePort)) {
			const url = urlOf(port, engineHost);
			if (url !== undefined) urls.set(`${service} ${url}`, { service, url });
		}
	}
	return [...urls.values()];
}

function urlOf(
	{ ip, type, privatePort, publicPort }: PublishedPort,
	engineHost: string | undefined,
): string | undefined {
	if (type !== 'tcp' || publicPort === undefined || !isWebPort(privatePort)) return undefined;
	const scheme = tlsPorts.has(privatePort) ? 'https' : 'http';
	const suffix = publicPort === (scheme === 'https' ? 443 : 80) ? '' : `:${publicPort}`;
	return `${scheme}://${hostOf(ip ?? '', engineHost)}${suffix}`;
}

/** Addresses that mean every interface, or this machine only, are written as a browser here reaches them. */
function hostOf(ip: string, engineHost: string | undefined): string {
	if (!unspecific.test(ip)) return bracketed(ip);
	return bracketed(engineHost ?? (ip === '::1' ? ip : '127.0.0.1'));
}

const unspecific = /^(|0\.0\.0\.0|::|::1|127\..*)$/;

const tlsPorts: ReadonlySet<number> = new Set([443, 6443, 8443, 9443]);

/** Ports below 8000 where web servers of labs are found; those from 8000 to 8999 are web ports as a rule. */
const webPorts: ReadonlySet<number> = new Set([
	80, 443, 3000, 3001, 4000, 4040, 4200, 4567, 5000, 5001, 5173, 5601, 6006, 6443, 7860, 9000, 9001, 9090, 9443, 10000,
	15672, 18080,
]);

const isWebPort = (port: number): boolean => webPorts.has(port) || (port >= 8000 && port <= 8999);
