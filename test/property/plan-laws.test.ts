import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Project } from '../../src/model/project.ts';
import type { Dependency, DependencyCondition, Service } from '../../src/model/service.ts';
import { formatPlan } from '../../src/plan/format-plan.ts';
import type { Operation, Plan, Step } from '../../src/plan/plan.ts';
import { planDown } from '../../src/plan/plan-down.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { replicasOf } from '../../src/plan/select-services.ts';
import type { UpOptions } from '../../src/plan/up-options.ts';
import { label } from '../../src/state/labels.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';
import {
	container,
	foreign,
	image,
	networkSummary,
	otherImageId,
	project,
	service,
	state,
	volumeSummary,
} from '../support/plan-cases.ts';
import { simulatePlan } from '../support/simulate-plan.ts';

const runs = { numRuns: 1_000 };
const names = ['a', 'b', 'c', 'd'];
const networkKeys = ['default', 'back', 'shared'];
const volumeKeys = ['data', 'lake'];

const environment = fc.constantFrom<Service['environment']>(undefined, { LR: '0.1' }, { LR: '0.2' });
const condition = fc.constantFrom<DependencyCondition>(
	'service_started',
	'service_healthy',
	'service_completed_successfully',
);

/** Services depend only on those before them, so there is no cycle. */
const serviceAt = (index: number): fc.Arbitrary<Service> =>
	fc
		.record({
			environment,
			networks: fc.subarray(networkKeys, { minLength: 1 }),
			volumes: fc.subarray(volumeKeys),
			isAnonymous: fc.boolean(),
			replicas: fc.integer({ min: 0, max: 3 }),
			published: fc.constantFrom(undefined, '8000', '8001', '8000-8003'),
			depends: fc.subarray(names.slice(0, index)),
			dependency: fc.record({ condition, restart: fc.boolean(), required: fc.boolean() }),
		})
		.map(({ environment: given, networks, volumes, isAnonymous, replicas, published, depends, dependency }) => {
			const { restart, ...rest } = dependency;
			const needed: Dependency = { ...rest, ...(restart && { restart }) };
			return service({
				...(given !== undefined && { environment: given }),
				networks: Object.fromEntries(networks.map((key) => [key, null])),
				volumes: [
					...volumes.map((source) => ({ type: 'volume' as const, source, target: `/${source}` })),
					...(isAnonymous ? [{ type: 'volume' as const, target: '/anonymous' }] : []),
				],
				scale: replicas,
				...(published !== undefined && { ports: [{ mode: 'ingress', target: 80, published, protocol: 'tcp' }] }),
				depends_on: Object.fromEntries(depends.map((name) => [name, needed])),
			});
		});

const anyProject: fc.Arbitrary<Project> = fc
	.integer({ min: 1, max: names.length })
	.chain((count) => fc.tuple(...names.slice(0, count).map((_, index) => serviceAt(index))))
	.map((services) =>
		project({
			services: Object.fromEntries(services.map((one, index) => [names[index] ?? '', one])),
			networks: { back: { name: 'lab_back', ipam: {} }, shared: { name: 'shared', ipam: {}, external: true } },
			volumes: { data: { name: 'lab_data' }, lake: { name: 'lake', external: true } },
		}),
	);

const containerState = fc.constantFrom<Partial<ObservedContainer>>(
	{ state: 'running' },
	{ state: 'running', health: 'healthy' },
	{ state: 'running', health: 'starting' },
	{ state: 'created' },
	{ state: 'exited', exitCode: 1 },
);

const containersOf = (of: Project): fc.Arbitrary<readonly ObservedContainer[]> =>
	fc
		.array(
			fc.record({
				name: fc.constantFrom(...of.services.keys(), 'old'),
				number: fc.integer({ min: 1, max: 4 }),
				given: containerState,
				environment,
				isAlike: fc.boolean(),
				publicPort: fc.constantFrom(undefined, 8000, 8001),
			}),
			{ maxLength: 6 },
		)
		.map((found) => {
			const made = found.map(({ name, number, given, environment: was, isAlike, publicPort }) => {
				const declared = of.services.get(name) ?? service();
				const madeFrom: Service = isAlike || was === undefined ? declared : { ...declared, environment: was };
				const ports = publicPort === undefined ? [] : [{ privatePort: 80, publicPort, type: 'tcp' }];
				return container(of, {
					service: name,
					number,
					madeFrom,
					...given,
					ports: given.state === 'running' ? ports : [],
				});
			});
			return [...new Map(made.map((one) => [one.id, one])).values()];
		});

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

const stateOfVolumes = (of: Project, data: Presence): ObservedState['volumes'] => {
	const present =
		data === 'missing'
			? []
			: [volumeSummary(of, 'data', data === 'kept' ? undefined : { name: 'lab_data', driver: 'nfs' })];
	const owned = data === 'foreign' ? present.map((volume) => foreign(volume)) : present;
	return new Map([volumeSummary(of, 'lake'), ...owned].map((volume) => [volume.name, volume]));
};

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

const presence = fc.constantFrom<Presence>('missing', 'kept', 'diverged', 'foreign');

const anyWorld = anyProject.chain((of) =>
	fc
		.record({ containers: containersOf(of), back: presence, data: presence, isImageNew: fc.boolean() })
		.map(({ containers, back, data, isImageNew }) => ({
			project: of,
			state: consistent({
				...state({ containers, images: { app: image(isImageNew ? { id: otherImageId } : {}) } }),
				networks: stateOfNetworks(of, back),
				volumes: stateOfVolumes(of, data),
			}),
		})),
);

const anyOptions: fc.Arbitrary<UpOptions> = fc.record({
	recreate: fc.constantFrom('diverged', 'force', 'never'),
	recreateVolumes: fc.boolean(),
	orphans: fc.constantFrom('warn', 'remove', 'ignore'),
	wait: fc.boolean(),
	start: fc.boolean(),
});

interface Sample {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: UpOptions;
}

const anySample: fc.Arbitrary<Sample> = fc
	.tuple(anyWorld, anyOptions)
	.map(([world, options]) => ({ ...world, options }));

const law = (check: (plan: Plan, sample: Sample) => boolean | undefined): void =>
	fc.assert(
		fc.property(anySample, (sample) => check(planUp(sample.project, sample.state, sample.options), sample)),
		runs,
	);

const isDestructive = ({ operation: { type } }: Step): boolean => /\.(remove|stop|disconnect)$/.test(type);

/** The names of resources that the operation changes or removes. */
function touched(operation: Operation): readonly string[] {
	if (operation.type === 'network.create') return [operation.network.name];
	if (operation.type === 'volume.create') return [operation.volume.name];
	return operation.type === 'network.remove' || operation.type === 'volume.remove' ? [operation.name] : [];
}

const isForeign = (name: string, found: ObservedState): boolean => {
	const resource = found.networks.get(name)?.[0] ?? found.volumes.get(name);
	return resource !== undefined && resource.labels[label.project] !== 'lab';
};

describe('any plan of `up`', () => {
	test('depends only on earlier steps, and ids rise from 1', () => {
		law(({ steps }) =>
			steps.every(({ id, dependsOn }, index) => id === index + 1 && dependsOn.every((needed) => needed < id)),
		);
	});

	test('is the same for the same input', () => {
		law((plan, sample) => {
			assert.deepEqual(planUp(sample.project, sample.state, sample.options), plan);
			return undefined;
		});
	});

	test('gives a reason for every step', () => {
		law(({ steps }) => steps.every(({ reasons }) => reasons.length > 0 && reasons.every((reason) => reason !== '')));
	});

	test('touches nothing that is external or not its own', () => {
		law(({ steps }, { state: found }) =>
			steps
				.flatMap(({ operation }) => touched(operation))
				.every((name) => name !== 'shared' && name !== 'lake' && !isForeign(name, found)),
		);
	});

	test('destroys data only where that was agreed to', () => {
		law(
			({ steps }, { options }) =>
				options.recreateVolumes === true || steps.every(({ destroysData }) => destroysData === undefined),
		);
	});

	test('stops and removes only containers that are there, each at most once', () => {
		law(({ steps }) => {
			const gone = steps
				.filter(isDestructive)
				.map(({ operation }) =>
					'container' in operation ? `${operation.type} ${JSON.stringify(operation)}` : JSON.stringify(operation),
				);
			return new Set(gone).size === gone.length;
		});
	});

	test('removes no container before its replacement has started', () => {
		law(({ steps }, { options }) =>
			steps.every(({ operation, dependsOn }) => {
				if (operation.type !== 'container.remove' || !operation.container.name.endsWith('_replaced')) return true;
				const needed = steps.filter(({ id }) => dependsOn.includes(id)).map((step) => step.operation.type);
				return needed.includes(options.start === false ? 'container.rename' : 'container.start');
			}),
		);
	});

	test('can be carried out, and then every service has as many containers as it asks for', () => {
		law((plan, sample) => {
			const after = simulatePlan(sample.state, plan);
			for (const [name, declared] of sample.project.services) {
				const own = after.containers.filter((one) => one.service === name);
				assert.equal(own.length, replicasOf(name, declared), `${name}\n${formatPlan(plan)}`);
				assert.equal(new Set(own.map((one) => one.name)).size, own.length);
			}
			return undefined;
		});
	});

	test('comes to the same in whatever order its dependencies allow', () => {
		law((plan, sample) => {
			const [listed, latest] = [simulatePlan(sample.state, plan), simulatePlan(sample.state, plan, 'latest')];
			const shape = (found: ObservedState) => found.containers.map(({ name, state: is }) => `${name} ${is}`);
			assert.deepEqual(shape(latest), shape(listed), formatPlan(plan));
			return undefined;
		});
	});

	test('leaves nothing to do but the one-shots that run each time', () => {
		law((plan, sample) => {
			const { recreate, start, ...options } = sample.options;
			if (recreate !== 'diverged' || start === false || hasOneShots(sample.project)) return undefined;
			const again = planUp(sample.project, simulatePlan(sample.state, plan), options);
			assert.equal(formatPlan(again), '', formatPlan(plan));
			return undefined;
		});
	});

	test('starts at most one container with a range of host ports at a time', () => {
		law(({ steps }, { project: of }) => {
			const ranged = steps.filter(
				({ operation }) =>
					operation.type === 'container.start' &&
					of.services.get(operation.service)?.ports?.some(({ published }) => published?.includes('-')),
			);
			return ranged.every(({ dependsOn }, index) => index === 0 || dependsOn.includes(ranged[index - 1]?.id ?? 0));
		});
	});
});

const hasOneShots = (of: Project): boolean =>
	[...of.services.values()].some(({ depends_on = {} }) =>
		Object.values(depends_on).some(({ condition: asked }) => asked === 'service_completed_successfully'),
	);

describe('any plan of `down`', () => {
	test('can be carried out, leaves nothing of its own, and everything else', () => {
		fc.assert(
			fc.property(anyWorld, ({ project: of, state: found }) => {
				const plan = planDown(of, of.name, found, { volumes: true, removeOrphans: true });
				const after = simulatePlan(found, plan);
				assert.deepEqual(after.containers, []);
				const left = [...after.networks.keys(), ...after.volumes.keys()];
				const others = [...found.networks.keys(), ...found.volumes.keys()].filter((name) => isForeign(name, found));
				assert.deepEqual(left.sort(), others.sort());
				assert.equal(formatPlan(planDown(of, of.name, after, { volumes: true, removeOrphans: true })), '');
			}),
			runs,
		);
	});
});
