import type { ContainerSummary } from '../engine/container-api.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import { errorFromDiagnostics } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Volume } from '../model/volume.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { explainVolume } from './explain-resource.ts';
import { orphansOf } from './plan-orphans.ts';
import { volumeFate } from './resource-fate.ts';
import type { GoneContainer } from './service-decision.ts';
import type { UpContext } from './up-context.ts';
import type { UpOptions } from './up-options.ts';

/** A volume that is made anew: its data go, and so do the containers that use it, before anything else. */
export interface RecreatedVolume {
	readonly volume: Volume;
	/** What of it is not as declared. */
	readonly reasons: readonly string[];
	readonly users: readonly ObservedContainer[];
}

type VolumeInput = Pick<UpContext, 'project' | 'state' | 'options' | 'selected'>;

/**
 * The volumes that are recreated, by key. Throws `VOLUME_IN_USE` where a container uses one that this command neither
 * makes again nor was asked to remove: it would be gone for good.
 */
export function decideVolumes(keys: Iterable<string>, input: VolumeInput): ReadonlyMap<string, RecreatedVolume> {
	const { project, state, options } = input;
	const recreated = new Map<string, RecreatedVolume>();
	for (const key of keys) {
		const volume = project.volumes.get(key);
		if (volume === undefined || !isAgreed(key, options)) continue;
		const fate = volumeFate(project.name, volume, state);
		if (fate.kind !== 'diverged') continue;
		const users = usersOf(volume, state.containers);
		recreated.set(key, { volume, reasons: explainVolume(volume, fate.found), users });
	}
	const problems = [...recreated].flatMap(([key, one]) => inUse(key, one, input));
	if (problems.length > 0) throw errorFromDiagnostics(problems);
	return recreated;
}

/** Whether somebody agreed to lose the data of a volume that is not as declared. */
export const mayRecreate = (project: Project, state: ObservedState, options: UpOptions): boolean =>
	[...project.volumes].some(
		([key, volume]) => isAgreed(key, options) && volumeFate(project.name, volume, state).kind === 'diverged',
	);

const isAgreed = (key: string, { recreateVolumes }: UpOptions): boolean =>
	recreateVolumes === 'all' || recreateVolumes?.has(key) === true;

export const isUser = ({ mounts }: Pick<ContainerSummary, 'mounts'>, { name }: Volume): boolean =>
	mounts.some((mount) => mount.type === 'volume' && mount.name === name);

const usersOf = <C extends ContainerSummary>(volume: Volume, containers: readonly C[]): readonly C[] =>
	containers.filter((one) => isUser(one, volume));

function inUse(key: string, { volume, users }: RecreatedVolume, input: VolumeInput): readonly Diagnostic[] {
	const { project, state, options, selected } = input;
	const going = new Set(options.orphans === 'remove' ? orphansOf(project, state) : []);
	const others = users.filter((user) => (user.oneOff || !selected.has(user.service)) && !going.has(user));
	const hooks = new Set(state.hookContainers?.map(({ id }) => id));
	const strangers = usersOf(volume, state.strangers ?? []).filter(({ id }) => !hooks.has(id));
	const all = [...others, ...strangers];
	if (all.length === 0) return [];
	return [
		{
			severity: 'error',
			code: 'VOLUME_IN_USE',
			message: `volume \`${volume.name}\` can't be recreated: ${listed(all)} ${all.length === 1 ? 'uses' : 'use'} it and would not be made again`,
			at: options.locate?.(['volumes', key]),
			path: `volumes.${key}`,
			hint: hintFor(others, strangers, input),
		},
	];
}

const listed = (containers: readonly ContainerSummary[]): string =>
	containers.map(({ name }) => `\`${name}\``).join(', ');

/** Services of the file can come along; what the file does not bring up has to go first. */
function hintFor(
	others: readonly ObservedContainer[],
	strangers: readonly ContainerSummary[],
	{ project }: VolumeInput,
): string {
	const declared = (name: string) => project.services.get(name) ?? project.disabledServices.get(name);
	const strays = [...others.filter(({ service, oneOff }) => oneOff || declared(service) === undefined), ...strangers];
	if (strays.length > 0) return `Remove ${listed(strays)} first, for example with \`docker rm -f\`.`;
	const services = [...new Set(others.map(({ service }) => service))];
	const profiles = services.flatMap((name) => declared(name)?.profiles ?? []);
	if (profiles.length > 0) return `Switch on the profile with \`--profile\`: ${[...new Set(profiles)].join(', ')}.`;
	return `Run \`labc compose up -y\` for all services, or name ${services.map((name) => `\`${name}\``).join(', ')} too.`;
}

/** The containers of the recreated volumes, by id: for the rest of the plan they are not there. */
export function goneWithVolumes(recreated: ReadonlyMap<string, RecreatedVolume>): ReadonlyMap<string, GoneContainer> {
	const gone = new Map<string, GoneContainer>();
	for (const [key, { users }] of recreated) {
		for (const container of users) {
			const before = gone.get(container.id)?.reasons ?? [];
			gone.set(container.id, { container, reasons: [...before, `volume ${key} is recreated`] });
		}
	}
	return gone;
}
