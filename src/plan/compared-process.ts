import { readList, readText } from '../engine/unread.ts';
import { formatDuration, parseDuration } from '../model/duration.ts';
import type { Service } from '../model/service.ts';
import { type Comparison, words } from './comparison.ts';

/** A text that the image gives where the file gives none. */
export const fromImage = (key: string, declared: (service: Service) => string | undefined): Comparison => ({
	declared: (service, image) => declared(service) ?? readText(image[key]),
	observed: ({ config }) => readText(config[key]),
});

/** An entrypoint of the file's own takes the image's command away. */
export const command: Comparison = {
	declared: (service, image) => words(service.command ?? (service.entrypoint === null ? readList(image['Cmd']) : [])),
	observed: ({ config }) => words(readList(config['Cmd'])),
};

export const entrypoint: Comparison = {
	declared: (service, image) => words(service.entrypoint ?? readList(image['Entrypoint'])),
	observed: ({ config }) => words(readList(config['Entrypoint'])),
};

/** The engine keeps whole seconds. */
export const gracePeriod: Comparison = {
	declared({ stop_grace_period }) {
		const period = stop_grace_period === undefined ? undefined : parseDuration(stop_grace_period);
		return period === undefined ? undefined : secondsText(period / 1_000_000_000n);
	},
	observed({ config }) {
		const seconds = config['StopTimeout'];
		return typeof seconds === 'number' ? secondsText(BigInt(seconds)) : undefined;
	},
};

const secondsText = (seconds: bigint): string => formatDuration(seconds * 1_000_000_000n);

/** Without a name of its own a container has its id's beginning, or the name of whom it shares the network with. */
export const hostname: Comparison = {
	declared: ({ hostname: name }) => name,
	observed({ id, config, hostConfig }) {
		const name = readText(config['Hostname']);
		return name !== undefined && id.startsWith(name) ? undefined : isShared(hostConfig) ? undefined : name;
	},
	isDoubtful: (observed) => observed === undefined,
};

const isShared = (hostConfig: Readonly<Record<string, unknown>>): boolean =>
	hostConfig['UTSMode'] === 'host' || /^(host$|container:)/.test(readText(hostConfig['NetworkMode']) ?? '');
