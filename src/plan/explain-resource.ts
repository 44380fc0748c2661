import type { NetworkSummary } from '../engine/network-api.ts';
import { readFlag, readRecord, readRecords, readText } from '../engine/unread.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import { maskValue } from '../errors/mask.ts';
import type { Network } from '../model/network.ts';
import type { StringMap } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';
import { type FieldTexts, networkTexts, volumeTexts } from './config-hash.ts';
import { changedFields } from './field-digests.ts';

type Texts = ReadonlyMap<string, string | undefined>;

/** Why a network is not as it was declared, field by field, as far as the engine's list and its labels tell. */
export function explainNetwork(network: Network, { labels, settings = {} }: NetworkSummary): readonly string[] {
	const ipam = readRecord(settings['IPAM']);
	const known = 'Driver' in settings;
	return explain(networkTexts(network), labels, {
		before: known
			? new Map([
					['driver', readText(settings['Driver'])],
					...entries('driver_opts', readRecord(settings['Options'])),
					...entries('labels', labels),
					['internal', readFlag(settings['Internal'])],
					['attachable', readFlag(settings['Attachable'])],
					...(network.enable_ipv6 === undefined ? [] : [['enable_ipv6', String(settings['EnableIPv6'])] as const]),
					...(declaredPools(network) === undefined ? [] : [['ipam', observedPools(ipam)] as const]),
				])
			: undefined,
		after: new Map([
			['driver', network.driver ?? readText(settings['Driver'])],
			...entries('driver_opts', network.driver_opts),
			...entries('labels', network.labels),
			['internal', readFlag(network.internal)],
			['attachable', readFlag(network.attachable)],
			...(network.enable_ipv6 === undefined ? [] : [['enable_ipv6', String(network.enable_ipv6)] as const]),
			['ipam', declaredPools(network)],
		]),
	});
}

/** The same of a volume. */
export function explainVolume(volume: Volume, { labels, settings = {} }: VolumeSummary): readonly string[] {
	const known = 'Driver' in settings;
	return explain(volumeTexts(volume), labels, {
		before: known
			? new Map([
					['driver', readText(settings['Driver'])],
					...entries('driver_opts', readRecord(settings['Options'])),
					...entries('labels', labels),
				])
			: undefined,
		after: new Map([
			['driver', volume.driver ?? 'local'],
			...entries('driver_opts', volume.driver_opts),
			...entries('labels', volume.labels),
		]),
	});
}

/** Without a list that tells, only the digests do. */
function explain(
	declared: FieldTexts,
	labels: StringMap,
	{ before, after }: { readonly before: Texts | undefined; readonly after: Texts },
): readonly string[] {
	const shown = before === undefined ? [] : [...new Set([...before.keys(), ...after.keys()])].sort();
	const told = shown.filter((field) => before?.get(field) !== after.get(field));
	const names = new Set(told.map((field) => field.split('.')[0]));
	const untold = [...(changedFields(declared, labels) ?? [])].filter((field) => !names.has(field));
	const reasons = [
		...told.map((field) => `${field}: ${before?.get(field) ?? none} → ${after.get(field) ?? none}`),
		...untold.map((field) => `${field}: changed`),
	];
	return reasons.length > 0 ? reasons : ['configuration hash differs'];
}

const none = '(none)';

/** What tools write beside the user's own labels. */
const isOwn = (key: string): boolean => /^(com\.docker\.compose|labc)\./.test(key);

const entries = (field: string, map: Readonly<Record<string, unknown>> = {}): readonly (readonly [string, string])[] =>
	Object.entries(map)
		.filter(([key]) => !isOwn(key))
		.map(([key, value]) => [`${field}.${key}`, maskValue(key, String(value))]);

const pools = (texts: readonly (string | undefined)[]): string | undefined =>
	texts.filter((text) => text !== undefined).join(', ') || undefined;

const declaredPools = ({ ipam }: Network): string | undefined =>
	pools((ipam.config ?? []).map(({ subnet, gateway }) => [subnet, gateway].filter(Boolean).join(' via ') || undefined));

const observedPools = (ipam: Readonly<Record<string, unknown>>): string | undefined =>
	pools(
		readRecords(ipam['Config']).map(
			(pool) => [readText(pool['Subnet']), readText(pool['Gateway'])].filter(Boolean).join(' via ') || undefined,
		),
	);
