import type { Network } from '../model/network.ts';
import type { EnvFile, Service } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';
import { sha256 } from '../sources/sha256.ts';
import { networkFields, serviceFields, volumeFields } from './canonical-shape.ts';
import { compareCodePoints, goJson, isList, type JsonValue } from './go-json.ts';
import type { Fields, Shape } from './shape.ts';

/** The hash docker compose 2.40.3 gives the service. Equal to a container's label: the container is up to date. */
export const hashService = (service: Service): string => hashOf(service, serviceFields);

/**
 * The hash docker compose 2.40.3 prints: as above, but over the declaration, which names its `env_file`s where the
 * container's has their values, and no `label_file`, which the container's has.
 */
export const hashDeclared = (service: Service): string =>
	hashOf(
		{ ...service, env_file: service.env_file?.map(hashedEnvFile) },
		{ ...serviceFields, env_file: { each: { fields: envFileFields } }, label_file: 'omit' },
	);

/** A file that must be there is hashed as its path alone. */
const hashedEnvFile = (file: EnvFile): string | EnvFile => (file.required ? file.path : file);

const envFileFields: Fields = { path: 'plain', required: 'plain', format: 'plain' };

export const hashNetwork = (network: Network): string => hashOf(network, networkFields);

/** docker compose fills in the default driver before it hashes. */
export const hashVolume = (volume: Volume): string =>
	hashOf({ ...volume, driver: volume.driver ?? 'local' }, volumeFields);

/** The declared fields of a service, a network or a volume as their hash reads them, by name. */
export type FieldTexts = ReadonlyMap<string, string>;

/** Without what inspect shows as it was declared. */
export const serviceTexts = ({ environment, labels, image, container_name, ...rest }: Service): FieldTexts =>
	textsOf(rest, serviceFields);

export const networkTexts = (network: Network): FieldTexts => textsOf(network, networkFields);
export const volumeTexts = (volume: Volume): FieldTexts => textsOf(volume, volumeFields);

function textsOf(value: object, fields: Fields): FieldTexts {
	const ordered = inFieldOrder(value, fields);
	return new Map([...ordered].filter(([, entry]) => entry !== null).map(([field, entry]) => [field, goJson(entry)]));
}

const hashOf = (value: object, fields: Fields): string => sha256(goJson(inOrder(value as JsonValue, { fields })));

function inOrder(value: JsonValue, shape: Shape): JsonValue {
	if (shape === 'plain' || shape === 'omit' || typeof value !== 'object' || value === null) return value;
	if (shape === 'sorted') return sortedByKey(value, 'plain');
	if ('fields' in shape) return inFieldOrder(value, shape.fields);
	return isList(value) ? value.map((item) => inOrder(item, shape.each)) : sortedByKey(value, shape.each);
}

const sortedByKey = (value: object, shape: Shape): JsonValue =>
	new Map(
		Object.entries(value)
			.sort(([a], [b]) => compareCodePoints(a, b))
			.map(([key, entry]) => [key, inOrder(entry, shape)]),
	);

/** Keeps what the table names and in its order. */
function inFieldOrder(value: object, fields: Fields): ReadonlyMap<string, JsonValue> {
	const given = new Map<string, JsonValue>(Object.entries(value));
	const named = Object.entries(fields).filter(([key, shape]) => shape !== 'omit' && given.get(key) !== undefined);
	return new Map(named.map(([key, shape]) => [key, inOrder(given.get(key), shape)]));
}
