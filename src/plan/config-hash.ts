import type { Network } from '../model/network.ts';
import type { EnvFile, Service } from '../model/service.ts';
import type { Volume } from '../model/volume.ts';
import { sha256 } from '../sources/sha256.ts';
import { networkFields, serviceFields, volumeFields } from './canonical-shape.ts';
import { entryOf, fieldsIn, goJson, type JsonValue } from './go-json.ts';
import type { Fields } from './shape.ts';

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

const textsOf = (value: object, fields: Fields): FieldTexts =>
	new Map(
		fieldsIn(value, fields)
			.filter(([field]) => entryOf(value, field) !== null)
			.map(([field, shape]) => [field, goJson(entryOf(value, field), shape)]),
	);

const hashOf = (value: object, fields: Fields): string => sha256(goJson(value as JsonValue, { fields }));
