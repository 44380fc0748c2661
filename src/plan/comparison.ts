import type { ContainerDetails } from '../engine/container-api.ts';
import { readFlag, readList, readNumber, readRecord, readText } from '../engine/unread.ts';
import { formatByteSize, parseByteSize } from '../model/byte-size.ts';
import type { Service } from '../model/service.ts';

export type Unread = Readonly<Record<string, unknown>>;

/** One attribute, as the file declares it and as inspect shows it, both as people write it; undefined: not set. */
export interface Comparison {
	declared(service: Service, imageConfig: Unread): string | undefined;
	observed(details: ContainerDetails): string | undefined;
	/** Whether a difference may be the engine's own doing, so that it only counts where nothing else explains a change. */
	readonly isDoubtful?: (observed: string | undefined, declared: string | undefined) => boolean;
}

/** The engine may have put in a default of its own where the file says nothing. */
export const mayBeDefault = (_: string | undefined, declared: string | undefined): boolean => declared === undefined;

/** The engine drops what its kernel can't do, with a warning. */
export const mayBeDropped = (observed: string | undefined): boolean => observed === undefined;

type From<T> = (service: Service) => T | undefined;

/** An attribute of one word or text that the engine keeps in `HostConfig` as it is. */
export const hostText = (key: string, declared: From<string>): Comparison => ({
	declared: (service) => declared(service) || undefined,
	observed: ({ hostConfig }) => readText(hostConfig[key]),
});

/** Zero is what the engine shows where nothing is set. */
export const hostNumber = (key: string, declared: From<number>): Comparison => ({
	declared: (service) => numberText(declared(service)),
	observed: ({ hostConfig }) => numberText(readNumber(hostConfig[key])),
});

const numberText = (value: number | undefined): string | undefined =>
	value === undefined || value === 0 ? undefined : String(value);

export const hostFlag = (key: string, declared: From<boolean>): Comparison => ({
	declared: (service) => readFlag(declared(service)),
	observed: ({ hostConfig }) => readFlag(hostConfig[key]),
});

/** A list whose order has a meaning. */
export const hostList = (key: string, declared: From<readonly string[]>): Comparison => ({
	declared: (service) => list(declared(service)),
	observed: ({ hostConfig }) => list(readList(hostConfig[key])),
});

/** A list whose order has none; `normal` brings its entries into the one form that both sides have. */
export const hostSet = (
	key: string,
	declared: From<readonly string[]>,
	normal: (entry: string) => string = (entry) => entry,
): Comparison => ({
	declared: (service) => sortedList(declared(service)?.map(normal)),
	observed: ({ hostConfig }) => sortedList(readList(hostConfig[key]).map(normal)),
});

export const hostMap = (key: string, declared: From<Unread>): Comparison => ({
	declared: (service) => mapText(declared(service) ?? {}),
	observed: ({ hostConfig }) => mapText(readRecord(hostConfig[key])),
});

/** A size, as people write it. */
export const hostSize = (key: string, declared: From<string>): Comparison => ({
	declared: (service) => sizeText(parseByteSize(declared(service) ?? '')),
	observed({ hostConfig }) {
		const bytes = readNumber(hostConfig[key]);
		return sizeText(bytes === undefined ? undefined : BigInt(bytes));
	},
});

export const sizeText = (bytes: bigint | undefined): string | undefined =>
	bytes === undefined || bytes === 0n ? undefined : formatByteSize(bytes);

/** What another container shares is named by its service in the file and by its id in the engine. */
export const hostNamespace = (key: string, declared: From<string>): Comparison => ({
	declared: (service) => namespaceText(declared(service)),
	observed: ({ hostConfig }) => namespaceText(readText(hostConfig[key])),
});

export const namespaceText = (mode: string | undefined): string | undefined =>
	mode !== undefined && /^(service|container):/.test(mode) ? "another container's" : mode || undefined;

export const list = (items: readonly string[] | undefined): string | undefined =>
	items === undefined || items.length === 0 ? undefined : items.join(', ');

export const sortedList = (items: readonly string[] | undefined): string | undefined =>
	list(items === undefined ? undefined : [...new Set(items)].sort());

export const mapText = (map: Unread): string | undefined =>
	sortedList(Object.entries(map).map(([key, value]) => `${key}=${value}`));

export const words = (items: readonly string[] | null | undefined): string | undefined =>
	items === undefined || items === null || items.length === 0
		? undefined
		: items.map((word) => (/[\s"]|^$/.test(word) ? JSON.stringify(word) : word)).join(' ');
