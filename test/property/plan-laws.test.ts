import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatPlan } from '../../src/plan/format-plan.ts';
import type { Operation, Plan, Step } from '../../src/plan/plan.ts';
import { planDown } from '../../src/plan/plan-down.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { replicasOf } from '../../src/plan/select-services.ts';
import { label } from '../../src/state/labels.ts';
import type { ObservedState } from '../../src/state/observed-state.ts';
import { anySample, anyWorld, hasOneShots, type Sample } from '../support/any-up.ts';
import { worldRuns } from '../support/property-runs.ts';
import { simulatePlan } from '../support/simulate-plan.ts';

const law = (check: (plan: Plan, sample: Sample) => boolean | undefined): void =>
	fc.assert(
		fc.property(anySample, (sample) => check(planUp(sample.project, sample.state, sample.options), sample)),
		worldRuns,
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

/** Where the container that goes could still be started, and another one takes its place. */
function removalsOfReplaced({ steps }: Plan, { containers }: ObservedState): readonly Step[] {
	const replaced = new Set(
		steps.flatMap(({ operation }) => (operation.type === 'container.create' ? (operation.replaces ?? []) : [])),
	);
	const broken = new Set(containers.filter(({ state }) => /^(dead|removing)$/.test(state)).map(({ id }) => id));
	return steps.filter(({ operation }) => {
		if (operation.type !== 'container.remove' || !('id' in operation.container)) return false;
		return replaced.has(operation.container.id) && !broken.has(operation.container.id);
	});
}

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

	test('removes no container that could serve before its replacement has started', () => {
		law((plan, { state: found, options }) => {
			const before = options.start === false ? 'container.rename' : 'container.start';
			return removalsOfReplaced(plan, found).every(({ dependsOn }) =>
				plan.steps.some(({ id, operation }) => dependsOn.includes(id) && operation.type === before),
			);
		});
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
