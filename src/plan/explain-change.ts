import type { ContainerDetails } from '../engine/container-api.ts';
import type { ImageDetails } from '../engine/image-api.ts';
import { maskText, maskValue } from '../errors/mask.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { containerName, imageReference, isTemporaryName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { type Difference, networkDifferences } from './compared-networks.ts';
import type { Comparison } from './comparison.ts';
import { comparisons } from './comparisons.ts';
import type { Declared } from './declared.ts';
import { readList, readRecord, readText } from './unread.ts';

const unexplained = 'configuration hash differs';
const none = '(none)';

/**
 * What differs between the file and the container, one reason a field, as far as inspect told; the image's own
 * settings count as declared. Values of keys that look like credentials are never shown.
 */
export function explainChange(
	container: ObservedContainer,
	declared: Declared,
	{ project, image }: { readonly project: Project; readonly image: ImageDetails | undefined },
): readonly string[] {
	const { details } = container;
	if (details === undefined) return [unexplained];
	const { service } = declared;
	const imageConfig = image?.config ?? {};
	const { certain, doubtful } = attributeDifferences(details, service, imageConfig);
	const reasons = [
		...environmentChanges(declaredEnvironment(service), details.config, imageConfig),
		...labelChanges(service, details.config, imageConfig),
		...[
			...nameDifferences(container, declared, project),
			...certain,
			...networkDifferences(details, declared, project),
		].map(asReason),
	];
	if (reasons.length > 0) return reasons;
	return doubtful.length > 0 ? doubtful.map(asReason) : [unexplained];
}

const asReason = ({ field, before, after }: Difference): string => change(field, shown(before), shown(after));

/** Doubtful ones may be the engine's own doing. */
function attributeDifferences(details: ContainerDetails, service: Service, imageConfig: Unread) {
	const certain: Difference[] = [];
	const doubtful: Difference[] = [];
	for (const [field, comparison] of compared) {
		const [before, after] = [comparison.observed(details), comparison.declared(service, imageConfig)];
		if (before === after) continue;
		(comparison.isDoubtful?.(before, after) ? doubtful : certain).push({ field, before, after });
	}
	return { certain, doubtful };
}

const compared: readonly (readonly [field: string, Comparison])[] = Object.entries(comparisons).flatMap(
	([field, coverage]) => (typeof coverage === 'string' ? [] : [[field, coverage] as const]),
);

/** The container's own name, and that of its image. */
function nameDifferences(
	{ name: found, number, details }: ObservedContainer,
	{ name, service }: Declared,
	project: Project,
): readonly Difference[] {
	const wanted = containerName(project, name, { service, number: number ?? 1 });
	const image = readText(details?.config['Image']);
	const reference = imageReference(project, name, service);
	return [
		...(found === wanted || isTemporaryName(found, wanted)
			? []
			: [{ field: 'container_name', before: found, after: wanted }]),
		...(image === undefined || image === reference ? [] : [{ field: 'image', before: image, after: reference }]),
	];
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
