import type { ContainerDetails } from '../engine/container-api.ts';
import type { ImageDetails } from '../engine/image-api.ts';
import { readList, readRecord, readRecords, readText } from '../engine/unread.ts';
import { maskText, maskValue } from '../errors/mask.ts';
import { noDevices, visibleDevices } from '../gpu/wish.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { isToolLabel, label } from '../state/labels.ts';
import { containerName, imageReference, isTemporaryName } from '../state/names.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { type Difference, networkDifferences } from './compared-networks.ts';
import type { Comparison } from './comparison.ts';
import { comparisons } from './comparisons.ts';
import { serviceTexts } from './config-hash.ts';
import type { Declared } from './declared.ts';
import { changedFields } from './field-digests.ts';
import type { FieldChange, Reason } from './reason.ts';
import { serviceFiles } from './service-files.ts';

const unexplained: Reason = { words: 'configuration hash differs' };
const none = '(none)';

/**
 * What differs between the file and the container, one reason a field, as far as inspect told; the image's own
 * settings count as declared. Values of keys that look like credentials are never shown. Where the container's labels
 * tell which fields were declared otherwise, they decide: all else that differs was changed by hand.
 */
export function explainChange(
	container: ObservedContainer,
	declared: Declared,
	{ project, image }: { readonly project: Project; readonly image: ImageDetails | undefined },
): readonly Reason[] {
	const { details } = container;
	const { service } = declared;
	const changed = changedFields(serviceTexts(service), container.labels);
	const imageConfig = image?.config ?? {};
	const shown = details === undefined ? [] : shownDifferences(container, details, { declared, project, imageConfig });
	const settings = details === undefined ? [] : settingDifferences(details.config, { service, imageConfig });
	const told = changed === undefined ? certainOf(shown) : shown.filter((one) => isDeclaredOtherwise(one, changed));
	const untold = [...(changed ?? [])]
		.filter((field) => !isTold(field, told))
		.map((field) => ({ field, words: surprising[field] ?? 'changed' }));
	const reasons = [...settings, ...told.map(asReason), ...untold];
	if (reasons.length > 0) return reasons;
	return changed === undefined && shown.length > 0 ? shown.map(asReason) : [unexplained];
}

/** Doubtful ones may be the engine's own doing: they count only where there is nothing else. */
const certainOf = (differences: readonly Shown[]): readonly Difference[] =>
	differences.filter(({ isDoubtful }) => !isDoubtful);

/** What nobody would expect to make a difference to a container. */
const surprising: Readonly<Record<string, string>> = {
	develop: 'changed (a part of what identifies a container, in docker compose too)',
};

/** Fields whose change shows in the comparison of others. */
const shownBy: Readonly<Record<string, readonly string[]>> = {
	deploy: ['cpus', 'devices', 'mem_limit', 'mem_reservation', 'pids_limit', 'restart'],
	gpus: ['devices'],
	links: ['external_links'],
	mac_address: ['networks'],
	ports: ['expose'],
	volumes: ['tmpfs'],
};

/** Whether the file may say something else of the field than what the container was made from. */
export const isDeclaredOtherwise = ({ field }: Pick<Difference, 'field'>, changed: ReadonlySet<string>): boolean =>
	field === 'container_name' || field === 'image' || [...changed].some((name) => isTold(name, [{ field }]));

const isTold = (name: string, differences: readonly Pick<Difference, 'field'>[]): boolean =>
	differences.some(({ field }) => {
		const [attribute = field] = field.split('.');
		return attribute === name || shownBy[name]?.includes(attribute);
	});

/** As it may be shown: what follows a credential's name is not. */
export const asReason = ({ field, before, after }: Difference): FieldChange => ({
	field,
	before: shownValue(before),
	after: shownValue(after),
});

export interface Shown extends Difference {
	readonly isDoubtful: boolean;
}

interface Compared {
	readonly declared: Declared;
	readonly project: Project;
	/** What the image sets. */
	readonly imageConfig: Unread;
}

/** Whatever inspect shows to be different from the file, but for the environment and labels. */
export function shownDifferences(
	container: ObservedContainer,
	details: ContainerDetails,
	{ declared, project, imageConfig }: Compared,
): readonly Shown[] {
	const own = withoutFiles(details, declared.service, project);
	const attributes = compared.map(([field, comparison]): Shown => {
		const [before, after] = [comparison.observed(own), comparison.declared(declared.service, imageConfig)];
		return { field, before, after, isDoubtful: comparison.isDoubtful?.(before, after) ?? false };
	});
	const certain = [...nameDifferences(container, declared, project), ...networkDifferences(details, declared, project)];
	return [
		...attributes.filter(({ before, after }) => before !== after),
		...certain.map((one) => ({ ...one, isDoubtful: false })),
	];
}

/** Secrets and configs are mounted beside the volumes, and declared elsewhere. */
function withoutFiles(details: ContainerDetails, service: Service, project: Project): ContainerDetails {
	const targets = new Set(serviceFiles(service, project).bound.map(({ target }) => target));
	if (targets.size === 0) return details;
	const mounts = readRecords(details.hostConfig['Mounts']).filter((mount) => !targets.has(String(mount['Target'])));
	return { ...details, hostConfig: { ...details.hostConfig, Mounts: mounts } };
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

const shownValue = (text: string | undefined): string => (text === undefined ? none : maskText(text));

type Settings = ReadonlyMap<string, string>;
type Unread = Readonly<Record<string, unknown>>;

/** A null value unsets what the image sets, so it is the same as not there. */
const declaredEnvironment = ({ environment = {} }: Service): ReadonlyMap<string, string | null> =>
	new Map(Object.entries(environment));

const settingDifferences = (
	config: Unread,
	{ service, imageConfig }: { readonly service: Service; readonly imageConfig: Unread },
): readonly FieldChange[] => [
	...environmentChanges(declaredEnvironment(service), config, imageConfig),
	...labelChanges(service, config, imageConfig),
];

function environmentChanges(
	declared: ReadonlyMap<string, string | null>,
	config: Unread,
	imageConfig: Unread,
): readonly FieldChange[] {
	const wanted = new Map(readEnvironment(imageConfig));
	for (const [key, value] of declared) {
		if (value === null) wanted.delete(key);
		else wanted.set(key, value);
	}
	const found = readEnvironment(config);
	// That its image is to show it no GPU is labc's doing.
	if (isMadeWithout(config) && found.get(visibleDevices) === noDevices) wanted.set(visibleDevices, noDevices);
	return settingChanges('environment', found, wanted);
}

const isMadeWithout = (config: Unread): boolean => readRecord(config['Labels'])[label.gpuIds] === 'none';

function readEnvironment(config: Unread): Settings {
	const pairs = readList(config['Env']).map((entry): [string, string] | undefined => {
		const at = entry.indexOf('=');
		return at === -1 ? undefined : [entry.slice(0, at), entry.slice(at + 1)];
	});
	return new Map(pairs.filter((pair) => pair !== undefined));
}

function labelChanges(service: Service, config: Unread, imageConfig: Unread): readonly FieldChange[] {
	const wanted = new Map([...readSettings(imageConfig['Labels']), ...Object.entries(service.labels ?? {})]);
	return settingChanges('labels', withoutOwn(readSettings(config['Labels'])), withoutOwn(wanted));
}

/** What tools write beside the user's own labels. */
const withoutOwn = (labels: Settings): Settings => new Map([...labels].filter(([key]) => !isToolLabel(key)));

const readSettings = (value: unknown): Settings =>
	new Map(Object.entries(readRecord(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function settingChanges(field: string, before: Settings, after: Settings): readonly FieldChange[] {
	const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
	const text = (settings: Settings, key: string): string => {
		const value = settings.get(key);
		return value === undefined ? none : maskValue(key, value);
	};
	return keys
		.filter((key) => before.get(key) !== after.get(key))
		.map((key) => ({ field: `${field}.${key}`, before: text(before, key), after: text(after, key) }));
}
