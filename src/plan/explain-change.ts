import type { ImageDetails } from '../engine/image-api.ts';
import { maskText, maskValue } from '../errors/mask.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { comparedFields } from './compared-fields.ts';

import { readList, readRecord } from './unread.ts';

const unexplained = 'configuration hash differs';
const none = '(none)';

/**
 * What differs between the file and the container, one reason a field, as far as inspect told; the image's own
 * settings count as declared. Values of keys that look like credentials are never shown.
 */
export function explainChange(
	container: ObservedContainer,
	service: Service,
	image: ImageDetails | undefined,
): readonly string[] {
	const { details } = container;
	if (details === undefined) return [unexplained];
	const imageConfig = image?.config ?? {};
	const reasons = [
		...environmentChanges(declaredEnvironment(service), details.config, imageConfig),
		...labelChanges(service, details.config, imageConfig),
		...comparedFields.flatMap(({ name, declared, observed }) => {
			const [before, after] = [observed(details), declared(service, imageConfig)];
			return before === after ? [] : [change(name, shown(before), shown(after))];
		}),
	];
	return reasons.length === 0 ? [unexplained] : reasons;
}

const shown = (text: string | undefined): string => (text === undefined ? none : maskText(text));

const change = (field: string, before: string, after: string): string => `${field}: ${before} → ${after}`;

type Settings = ReadonlyMap<string, string>;
type Unread = Readonly<Record<string, unknown>>;

/** A null value unsets what the image sets, so it is the same as not there. */
const declaredEnvironment = ({ environment = {} }: Service): ReadonlyMap<string, string | null> =>
	new Map(Object.entries(environment));

function environmentChanges(
	declared: ReadonlyMap<string, string | null>,
	config: Unread,
	imageConfig: Unread,
): readonly string[] {
	const wanted = new Map(readEnvironment(imageConfig));
	for (const [key, value] of declared) {
		if (value === null) wanted.delete(key);
		else wanted.set(key, value);
	}
	return settingChanges('environment', readEnvironment(config), wanted);
}

function readEnvironment(config: Unread): Settings {
	const pairs = readList(config['Env']).map((entry): [string, string] | undefined => {
		const at = entry.indexOf('=');
		return at === -1 ? undefined : [entry.slice(0, at), entry.slice(at + 1)];
	});
	return new Map(pairs.filter((pair) => pair !== undefined));
}

function labelChanges(service: Service, config: Unread, imageConfig: Unread): readonly string[] {
	const wanted = new Map([...readSettings(imageConfig['Labels']), ...Object.entries(service.labels ?? {})]);
	return settingChanges('labels', readSettings(config['Labels']), wanted).filter(
		(reason) => !reason.startsWith('labels.com.docker.compose.'),
	);
}

const readSettings = (value: unknown): Settings =>
	new Map(Object.entries(readRecord(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function settingChanges(field: string, before: Settings, after: Settings): readonly string[] {
	const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
	const text = (settings: Settings, key: string): string => {
		const value = settings.get(key);
		return value === undefined ? none : maskValue(key, value);
	};
	return keys
		.filter((key) => before.get(key) !== after.get(key))
		.map((key) => change(`${field}.${key}`, text(before, key), text(after, key)));
}
