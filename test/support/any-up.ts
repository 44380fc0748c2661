import fc from 'fast-check';
import { LabcError } from '../../src/errors/labc-error.ts';
import type { Project } from '../../src/model/project.ts';
import type { Service } from '../../src/model/service.ts';
import type { Declared } from '../../src/plan/declared.ts';
import { orphansOf } from '../../src/plan/plan-orphans.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { selectServices } from '../../src/plan/select-services.ts';
import type { UpOptions } from '../../src/plan/up-options.ts';
import { hookLabels } from '../../src/state/labels.ts';
import { containerName, hookName, replacedName, replacementName } from '../../src/state/names.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';
import { anyProject, environment, givenName, mounting, volumeKeys } from './any-project.ts';
import {
	container,
	foreign,
	idOf,
	image,
	networkSummary,
	otherImageId,
	service,
	state,
	volumeSummary,
} from './plan-cases.ts';

const containerState = fc.constantFrom<Partial<ObservedContainer>>(
	{ state: 'running' },
	{ state: 'running', health: 'healthy' },
	{ state: 'running', health: 'starting' },
	{ state: 'created' },
	{ state: 'paused' },
	{ state: 'dead' },
	{ state: 'restarting' },
	{ state: 'exited', exitCode: 1 },
);

/** Names that a replacement which was cut off leaves behind, docker compose's own among them. */
type Calling = 'plainly' | 'new' | 'new for its twin' | 'replaced';

const callings: Readonly<Record<Calling, (name: string, twin: string) => string>> = {
	plainly: (name) => name,
	new: (name) => replacementName(idOf('old'), name),
	'new for its twin': (name, twin) => replacementName(twin, name),
	replaced: (name) => replacedName(idOf(`aside ${name}`), name),
};

/** A container is its service's for good: another service's has another id, whatever its name. */
const idIn = (service: string, name: string): string => idOf(`${service} ${name}`);

interface Found {
	readonly name: string;
	readonly number: number;
	readonly called: Calling;
	readonly given: Partial<ObservedContainer>;
	readonly environment: Service['environment'];
	/** What the file said of its name when it was made. */
	readonly wasCalled: string | undefined;
	readonly isAlike: boolean;
	readonly publicPort: number | undefined;
	readonly isOneOff: boolean;
	/** Keys of the volumes that it uses, where the file has no such service. */
	readonly orphaned: readonly string[];
}

const containersOf = (of: Project): fc.Arbitrary<readonly ObservedContainer[]> =>
	fc
		.array(
			fc.record<Found>({
				name: fc.constantFrom(...of.services.keys(), 'old'),
				number: fc.integer({ min: 1, max: 4 }),
				called: fc.constantFrom<Calling>('plainly', 'plainly', 'plainly', 'new', 'new for its twin', 'replaced'),
				given: containerState,
				environment,
				wasCalled: givenName,
				isAlike: fc.boolean(),
				publicPort: fc.constantFrom(undefined, 8000, 8001),
				isOneOff: fc.constantFrom(false, false, false, false, false, true),
				orphaned: fc.subarray(volumeKeys),
			}),
			{ maxLength: 6 },
		)
		.map((found) => [...new Map(found.map((one) => observed(of, one)).map((one) => [one.name, one])).values()]);

function observed(of: Project, { name, isAlike, publicPort, ...found }: Found): ObservedContainer {
	const declared = of.services.get(name) ?? service({ volumes: found.orphaned.map(mounting) });
	const isOneOff = found.isOneOff && of.services.has(name);
	const madeFrom: Service = isAlike ? declared : as(declared, found);
	const ports = publicPort === undefined ? [] : [{ privatePort: 80, publicPort, type: 'tcp' }];
	return container(of, {
		service: name,
		...(isOneOff ? oneOff(name, found) : replica(of, { name, service: madeFrom }, found)),
		madeFrom: isOneOff ? withoutBack(madeFrom) : madeFrom,
		...found.given,
		ports: found.given.state === 'running' ? ports : [],
	});
}

/** As the file said it before it was changed. */
const as = (
	{ container_name, ...declared }: Service,
	{ environment: was, wasCalled }: Pick<Found, 'environment' | 'wasCalled'>,
): Service => ({
	...declared,
	...(was !== undefined && { environment: was }),
	...(wasCalled !== undefined && { container_name: wasCalled }),
});

const replica = (
	of: Project,
	{ name, service: declared }: Declared,
	{ number, called }: Pick<Found, 'number' | 'called'>,
) => {
	const finalName = containerName(of, name, { service: declared, number });
	const found = callings[called](finalName, idIn(name, finalName));
	return { number, name: found, id: idIn(name, found) };
};

const oneOff = (name: string, { number }: Pick<Found, 'number'>) => ({
	oneOff: true,
	number: undefined,
	name: `lab-${name}-run-${number}`,
});

/** A one-off keeps a changed network from being recreated, as with docker compose. */
const withoutBack = (given: Service): Service => ({ ...given, networks: { default: null } });

type Presence = 'missing' | 'kept' | 'diverged' | 'foreign';

const stateOfNetworks = (of: Project, back: Presence): ObservedState['networks'] => {
	const present =
		back === 'missing'
			? []
			: [networkSummary(of, 'back', back === 'kept' ? undefined : { name: 'lab_back', ipam: {}, internal: true })];
	const owned = back === 'foreign' ? present.map((network) => foreign(network, 'other')) : present;
	const all = [networkSummary(of, 'shared'), networkSummary(of, 'default'), ...owned];
	return Map.groupBy(all, ({ name }) => name);
};

const stateOfVolumes = (of: Project, presences: Readonly<Record<string, Presence>>): ObservedState['volumes'] => {
	const owned = Object.entries(presences).flatMap(([key, is]) => {
		if (is === 'missing') return [];
		const volume = volumeSummary(of, key, is === 'kept' ? undefined : { name: `lab_${key}`, driver: 'nfs' });
		return [is === 'foreign' ? foreign(volume) : volume];
	});
	return new Map([volumeSummary(of, 'lake'), ...owned].map((volume) => [volume.name, volume]));
};

/** The engine is asked for containers of hooks only where there are hooks. */
const hasHooks = ({ services }: Project): boolean =>
	[...services.values()].some(({ pre_start = [] }) => pre_start.length > 0);

/** A container is on a network and has a volume only where those are there. */
const consistent = (found: ObservedState): ObservedState => ({
	...found,
	containers: found.containers.map((one) => ({
		...one,
		networks: new Map([...one.networks].filter(([name]) => found.networks.has(name))),
		mounts: one.mounts.filter(
			({ name }) => name === undefined || name.startsWith('anonymous') || found.volumes.has(name),
		),
	})),
});

/** What a run that was killed, or whose hook failed, leaves of it: it has its service's volumes and networks. */
const hookContainersOf = (of: Project): fc.Arbitrary<ObservedState> =>
	fc
		.array(
			fc.record({
				name: fc.constantFrom(...of.services.keys()),
				index: fc.nat({ max: 1 }),
				given: fc.constantFrom<Partial<ObservedContainer>>({ state: 'exited', exitCode: 1 }, { state: 'running' }),
			}),
			{ maxLength: 2 },
		)
		.map((found) =>
			found.map(({ name, index, given }) => {
				const called = hookName(of, name, index);
				const labels = hookLabels(of.name, name);
				return { ...container(of, { service: name, name: called, ...given }), labels };
			}),
		)
		.map((found) => state({ containers: [...new Map(found.map((one) => [one.name, one])).values()] }));

const presence = fc.constantFrom<Presence>('missing', 'kept', 'diverged', 'foreign');

export const anyWorld = anyProject.chain((of) =>
	fc
		.record({
			containers: containersOf(of),
			back: presence,
			volumes: fc.record({ data: presence, more: presence }),
			isImageNew: fc.boolean(),
			hooked: hookContainersOf(of),
		})
		.map(({ containers, back, volumes, isImageNew, hooked }) => {
			const resources = { networks: stateOfNetworks(of, back), volumes: stateOfVolumes(of, volumes) };
			const images = { app: image(isImageNew ? { id: otherImageId } : {}) };
			const hookContainers = consistent({ ...hooked, ...resources }).containers;
			return {
				project: of,
				state: {
					...consistent({ ...state({ containers, images }), ...resources }),
					...(hasHooks(of) && { hookContainers }),
				},
			};
		}),
);

/** None, most of the time: everything is meant. */
const anySelection = (of: Project): fc.Arbitrary<readonly string[]> =>
	fc.oneof(fc.constant([]), fc.subarray([...of.services.keys()]));

const anyOptions = (of: Project): fc.Arbitrary<UpOptions> =>
	fc.record({
		services: anySelection(of),
		recreate: fc.constantFrom('diverged', 'force', 'never'),
		recreateVolumes: fc.constantFrom<NonNullable<UpOptions['recreateVolumes']>>(
			'all',
			'all',
			new Set<string>(),
			new Set(['data']),
			new Set(['more']),
		),
		orphans: fc.constantFrom('warn', 'remove', 'ignore'),
		wait: fc.boolean(),
		start: fc.boolean(),
	});

export interface Sample {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
}

/** Whatever may be asked for; some of it is refused. */
export const anyRequest: fc.Arbitrary<Sample> = anyWorld.chain((world) =>
	anyOptions(world.project).map((options) => ({ ...world, options })),
);

/** Whatever neither labc nor the engine refuses. */
export const anySample: fc.Arbitrary<Sample> = anyRequest.filter(
	(request) => !meetsTakenName(request) && refusalOf(request) === undefined,
);

/** Whether a service is to have a name that something has which this command leaves alone. */
function meetsTakenName({ project: of, state: found, options }: Sample): boolean {
	const selected = selectServices(of, options);
	const orphans = new Set(options.orphans === 'remove' ? orphansOf(of, found) : []);
	return [...of.services].some(([name, { container_name }]) =>
		found.containers.some(
			(one) => one.name === container_name && one.service !== name && !selected.has(one.service) && !orphans.has(one),
		),
	);
}

export function refusalOf({ project: of, state: found, options }: Sample): LabcError | undefined {
	try {
		planUp(of, found, options);
	} catch (error) {
		if (error instanceof LabcError) return error;
		throw error;
	}
	return undefined;
}

/** A one-shot is started by every `up`: then there is always something to do. */
export const hasOneShots = (of: Project): boolean =>
	[...of.services.values()].some(({ depends_on = {} }) =>
		Object.values(depends_on).some(({ condition: asked }) => asked === 'service_completed_successfully'),
	);
