import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Volume } from '../../src/model/volume.ts';
import { hashVolume } from '../../src/plan/config-hash.ts';
import { formatPlan } from '../../src/plan/format-plan.ts';
import type { ContainerReference, Operation, Plan, Step, StepId } from '../../src/plan/plan.ts';
import { planDown } from '../../src/plan/plan-down.ts';
import { orphansOf } from '../../src/plan/plan-orphans.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { replicasOf, selectServices } from '../../src/plan/select-services.ts';
import { sharedServices } from '../../src/plan/share-containers.ts';
import { label } from '../../src/state/labels.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';
import { anyRequest, anySample, anyWorld, hasOneShots, refusalOf, type Sample } from '../support/any-up.ts';
import { worldRuns } from '../support/property-runs.ts';
import { simulatePlan } from '../support/simulate-plan.ts';

const law = (check: (plan: Plan, sample: Sample) => boolean | undefined): void =>
	fc.assert(
		fc.property(anySample, (sample) => check(planUp(sample.project, sample.state, sample.options), sample)),
		worldRuns,
	);

/** The names of networks and volumes that the operation changes or removes, or whose containers it changes. */
function touched(operation: Operation, found: ObservedState): readonly string[] {
	switch (operation.type) {
		case 'network.create':
			return [operation.network.name];
		case 'volume.create':
			return [operation.volume.name];
		case 'network.connect':
			return [operation.endpoint.network];
		case 'network.disconnect':
			return networksOf(operation.id, found);
		case 'network.remove':
			return [operation.name, ...networksOf(operation.id, found)];
		case 'volume.remove':
			return [operation.name];
		default:
			return [];
	}
}

const networksOf = (id: string, { networks }: ObservedState): readonly string[] =>
	[...networks.values()].flat().flatMap((network) => (network.id === id ? [network.name] : []));

/** What the operation does something to; nothing for what only waits or makes. */
function containersOf(operation: Operation): readonly ContainerReference[] {
	return 'container' in operation ? [operation.container] : [];
}

const isThere = (
	reference: ContainerReference,
	{ steps }: Plan,
	{ containers, hookContainers = [] }: ObservedState,
): boolean =>
	'id' in reference
		? [...containers, ...hookContainers].some(({ id }) => id === reference.id)
		: steps.some(({ id, operation }) => id === reference.createdBy && operation.type === 'container.create');

const keyOf = (reference: ContainerReference): string | StepId =>
	'id' in reference ? reference.id : reference.createdBy;

const isAgreed = (key: string, { recreateVolumes }: Sample['options']): boolean =>
	recreateVolumes === 'all' || recreateVolumes?.has(key) === true;

/** What the command was not asked to bring up. */
function strangersOf({ project, state: found, options }: Sample): readonly ObservedContainer[] {
	const selected = selectServices(project, options);
	return found.containers.filter(({ service, oneOff }) => oneOff || !selected.has(service));
}

const mayGo = (stray: ObservedContainer, { project, state: found, options }: Sample): boolean =>
	options.orphans === 'remove' && orphansOf(project, found).includes(stray);

/** Whether it runs in a namespace of what the plan starts again: it may be started again too, and no more. */
const sharesWhatStarts = ({ service: name }: ObservedContainer, { steps }: Plan, { project }: Sample): boolean => {
	const service = project.services.get(name);
	const shared = service === undefined ? [] : sharedServices(service);
	return steps.some(
		({ operation }) => operation.type === 'container.start' && shared.some((one) => one.name === operation.service),
	);
};

/** Whether the plan may change what it was not asked to bring up: with leave, or with what it runs in. */
function mayTouchStray(stray: ObservedContainer, { operation }: Step, { plan, sample }: Planned): boolean {
	if (mayGo(stray, sample)) return true;
	if (operation.type === 'container.restart') return sharesWhatStarts(stray, plan, sample);
	const losesNetwork = plan.steps.some(
		({ operation: one }) =>
			one.type === 'network.remove' && [...stray.networks.values()].some(({ networkId }) => networkId === one.id),
	);
	return losesNetwork && operation.type !== 'container.remove';
}

interface Planned {
	readonly plan: Plan;
	readonly sample: Sample;
}

const isForeign = (name: string, found: ObservedState): boolean => {
	const resource = found.networks.get(name)?.[0] ?? found.volumes.get(name);
	return resource !== undefined && resource.labels[label.project] !== 'lab';
};

interface Replaced {
	readonly removal: Step;
	/** The step that makes what takes its place. */
	readonly createdBy: StepId;
}

/** Where the container that goes could still be started, and another one takes its place. */
function removalsOfReplaced({ steps }: Plan, { containers }: ObservedState): readonly Replaced[] {
	const replacedBy = new Map(
		steps.flatMap(({ id, operation }) =>
			operation.type === 'container.create' && operation.replaces !== undefined ? [[operation.replaces, id]] : [],
		),
	);
	const broken = new Set(containers.filter(({ state }) => /^(dead|removing)$/.test(state)).map(({ id }) => id));
	return steps.flatMap((removal) => {
		const { operation } = removal;
		if (operation.type !== 'container.remove' || !('id' in operation.container)) return [];
		const createdBy = replacedBy.get(operation.container.id);
		return createdBy === undefined || broken.has(operation.container.id) ? [] : [{ removal, createdBy }];
	});
}

/** All that is done before the step, whatever the order. */
function stepsBefore({ dependsOn }: Step, { steps }: Plan): readonly Step[] {
	const before = new Set<StepId>(dependsOn);
	for (const { id, dependsOn: needed } of steps.toReversed())
		if (before.has(id)) for (const one of needed) before.add(one);
	return steps.filter(({ id }) => before.has(id));
}

/** What can't be had back: volumes, and the anonymous ones that go with a container but for that of a hook. */
const losesData = ({ operation }: Step, { containers }: ObservedState): boolean =>
	operation.type === 'volume.remove' ||
	(operation.type === 'container.remove' &&
		operation.volumes &&
		'id' in operation.container &&
		containers.some(isSame(operation.container)));

const isSame =
	({ id }: { readonly id: string }) =>
	(other: { readonly id: string }): boolean =>
		other.id === id;

/** Containers of hooks publish nothing. */
const isOfHook = (reference: ContainerReference, { steps }: Plan): boolean =>
	'createdBy' in reference &&
	steps.some(
		({ id, operation }) =>
			id === reference.createdBy && operation.type === 'container.create' && label.hook in operation.spec.labels,
	);

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

	test('touches no network or volume that is external or not its own', () => {
		law(({ steps }, { state: found }) =>
			steps
				.flatMap(({ operation }) => touched(operation, found))
				.every((name) => name !== 'shared' && name !== 'lake' && !isForeign(name, found)),
		);
	});

	test('touches only containers of the services it is about, but for orphans with leave to, and with the network or namespace they run in', () => {
		law((plan, sample) => {
			const strays = new Map(strangersOf(sample).map((one) => [one.id, one]));
			return plan.steps.every((step) =>
				containersOf(step.operation).every((reference) => {
					const stray = 'id' in reference ? strays.get(reference.id) : undefined;
					return stray === undefined || mayTouchStray(stray, step, { plan, sample });
				}),
			);
		});
	});

	test('removes volumes only where that was agreed to, says so, and only such that differ from the file', () => {
		law(({ steps }, { options, project: of, state: found }) => {
			const losing = steps.filter((step) => losesData(step, found));
			assert.deepEqual(
				losing.map(({ id }) => id),
				steps.filter(({ destroysData }) => destroysData).map(({ id }) => id),
			);
			return losing.every(({ operation }) => {
				if (operation.type !== 'volume.remove' || !isAgreed(operation.key, options)) return false;
				const declared = of.volumes.get(operation.key);
				const hash = found.volumes.get(declared?.name ?? '')?.labels[label.configHash];
				return declared !== undefined && hash !== undefined && hash !== hashVolume(declared);
			});
		});
	});

	test('stops and removes only containers that are there, each at most once', () => {
		law((plan, { state: found }) => {
			const gone = plan.steps.filter(
				({ operation: { type } }) => type === 'container.stop' || type === 'container.remove',
			);
			assert.ok(gone.flatMap(({ operation }) => containersOf(operation)).every((one) => isThere(one, plan, found)));
			const keys = gone.map(({ operation }) => JSON.stringify([operation.type, ...containersOf(operation).map(keyOf)]));
			return new Set(keys).size === keys.length;
		});
	});

	test('takes a container off a network, and a network or volume away, at most once', () => {
		law(({ steps }) => {
			const gone = steps.flatMap(({ operation }) => {
				if (operation.type === 'network.disconnect') return [JSON.stringify([operation.id, operation.container])];
				if (operation.type === 'network.remove') return [operation.id];
				return operation.type === 'volume.remove' ? [operation.name] : [];
			});
			return new Set(gone).size === gone.length;
		});
	});

	test('removes no container that could serve before its own replacement has started', () => {
		law((plan, { state: found, options }) => {
			const last = options.start === false ? 'container.rename' : 'container.start';
			return removalsOfReplaced(plan, found).every(({ removal, createdBy }) =>
				stepsBefore(removal, plan).some(
					({ operation }) =>
						operation.type === last &&
						'createdBy' in operation.container &&
						operation.container.createdBy === createdBy,
				),
			);
		});
	});

	test('can be carried out, and then every service has as many containers as it asks for', () => {
		law((plan, sample) => {
			const after = simulatePlan(sample.state, plan);
			for (const [name, declared] of selectServices(sample.project, sample.options)) {
				const own = after.containers.filter((one) => one.service === name && !one.oneOff);
				assert.equal(own.length, replicasOf(name, declared), `${name}\n${formatPlan(plan)}`);
				assert.equal(new Set(own.map((one) => one.name)).size, own.length);
			}
			return undefined;
		});
	});

	test('leaves all that it is not about where it is, but for orphans with leave to', () => {
		law((plan, sample) => {
			const after = new Set(simulatePlan(sample.state, plan).containers.map(({ id }) => id));
			const gone = strangersOf(sample).filter(({ id }) => !after.has(id));
			return gone.every((stray) => mayGo(stray, sample));
		});
	});

	test('is refused only, and always, where a volume would go that is used by what is not made again', () => {
		fc.assert(
			fc.property(anyRequest, (sample) => {
				const { project: of, state: found, options } = sample;
				const used = [...selectServices(of, options).values()].flatMap(({ volumes = [] }) =>
					volumes.map(({ source }) => source),
				);
				const isLost = (key: string, volume: Volume): boolean => {
					const labels = found.volumes.get(volume.name)?.labels ?? {};
					const isOwn = labels[label.project] === of.name && labels[label.configHash] !== hashVolume(volume);
					return used.includes(key) && isAgreed(key, options) && volume.external !== true && isOwn;
				};
				const lost = [...of.volumes].filter(([key, volume]) => isLost(key, volume)).map(([, { name }]) => name);
				const users = strangersOf(sample).filter(
					(stray) =>
						!mayGo(stray, sample) && stray.mounts.some(({ name }) => name !== undefined && lost.includes(name)),
				);
				const refusal = refusalOf(sample);
				assert.equal(refusal?.code, users.length === 0 ? undefined : 'VOLUME_IN_USE');
				const told = refusal?.diagnostics.map(({ message }) => message).join('\n') ?? '';
				for (const { name } of users) assert.ok(told.includes(`\`${name}\``), told);
			}),
			worldRuns,
		);
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
		law((plan, { project: of }) => {
			const ranged = plan.steps.filter(
				({ operation }) =>
					operation.type === 'container.start' &&
					!isOfHook(operation.container, plan) &&
					of.services.get(operation.service)?.ports?.some(({ published }) => published?.includes('-')),
			);
			return ranged.every(({ dependsOn }, index) => index === 0 || dependsOn.includes(ranged[index - 1]?.id ?? 0));
		});
	});
});

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
			worldRuns,
		);
	});
});
