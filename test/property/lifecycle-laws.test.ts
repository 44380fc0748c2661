import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dependencyClosure, dependencyGraphOf } from '../../src/model/dependency-graph.ts';
import type { Project } from '../../src/model/project.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planKill } from '../../src/plan/plan-kill.ts';
import { planRemove } from '../../src/plan/plan-remove.ts';
import { planRestart } from '../../src/plan/plan-restart.ts';
import { planStop } from '../../src/plan/plan-stop.ts';
import { isActive } from '../../src/plan/stops.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';
import { anyWorld } from '../support/any-up.ts';
import { worldRuns } from '../support/property-runs.ts';
import { simulatePlan } from '../support/simulate-plan.ts';

interface World {
	readonly project: Project;
	readonly state: ObservedState;
	/** Services the command names; none: all. */
	readonly named: readonly string[];
}

const anyCommand: fc.Arbitrary<World> = anyWorld.chain(({ project, state }) =>
	fc.subarray([...project.services.keys()]).map((named) => ({ project, state, named })),
);

const law = (check: (world: World) => void): void => fc.assert(fc.property(anyCommand, check), worldRuns);

const isMeant =
	({ project, named }: World) =>
	({ service, oneOff }: ObservedContainer): boolean =>
		!oneOff && project.services.has(service) && (named.length === 0 || named.includes(service));

/** What the plan leaves behind, whatever order it is carried out in. */
const after = ({ state }: World, plan: Plan): readonly ObservedContainer[] =>
	simulatePlan(state, plan, 'latest').containers;

function assertOthersUntouched(world: World, found: readonly ObservedContainer[], isTouched = isMeant(world)): void {
	const before = world.state.containers.filter((container) => !isTouched(container));
	const left = found.filter((container) => !isTouched(container));
	assert.deepEqual(new Map(left.map((one) => [one.id, one])), new Map(before.map((one) => [one.id, one])));
}

describe('any project', () => {
	test('after a stop nothing runs that was meant, nothing else was touched, and nothing is left to do', () => {
		law((world) => {
			const { project, state, named } = world;
			const found = after(world, planStop(project.services, state.containers, { services: named }));
			assert.ok(!found.filter(isMeant(world)).some(isActive));
			assertOthersUntouched(world, found);
			assert.deepEqual(planStop(project.services, found, { services: named }).steps, []);
		});
	});

	test('is stopped dependents first', () => {
		law(({ project, state }) => {
			const graph = dependencyGraphOf(project.services);
			const stopped = new Set<string>();
			for (const { operation } of planStop(project.services, state.containers, {}).steps) {
				if (operation.type !== 'container.stop') continue;
				const needed = dependencyClosure(graph, [operation.service]);
				assert.ok([...needed].every((name) => name === operation.service || !stopped.has(name)));
				stopped.add(operation.service);
			}
		});
	});

	test('after a kill nothing runs that was meant, one-offs of its services included', () => {
		law((world) => {
			const { project, state, named } = world;
			const found = after(world, planKill(project.services, state.containers, { services: named }));
			const isKilled = (container: ObservedContainer): boolean => isMeant(world)({ ...container, oneOff: false });
			assert.ok(!found.filter(isKilled).some(isActive));
			assertOthersUntouched(world, found, isKilled);
		});
	});

	test('after stopping and removing nothing is left that was meant, and all else is as it was', () => {
		law((world) => {
			const { project, state, named } = world;
			const found = after(world, planRemove(project.services, state.containers, { services: named, stop: true }));
			assert.deepEqual(found.filter(isMeant(world)), []);
			assertOthersUntouched(world, found);
		});
	});

	test('without stopping, only what does not run is removed', () => {
		law((world) => {
			const { project, state, named } = world;
			const found = after(world, planRemove(project.services, state.containers, { services: named }));
			const running = state.containers.filter((container) => isMeant(world)(container) && isActive(container));
			assert.deepEqual(
				found
					.filter(isMeant(world))
					.map(({ id }) => id)
					.sort(),
				running.map(({ id }) => id).sort(),
			);
		});
	});

	test('restarts all that is meant, each once', () => {
		law((world) => {
			const restarts = restartsOf(world).map(({ id }) => id);
			assert.equal(new Set(restarts).size, restarts.length);
			assert.ok(world.state.containers.filter(isMeant(world)).every(({ id }) => restarts.includes(id)));
		});
	});

	test('restarts who asks for it after what it depends on', () => {
		law((world) => {
			const order = restartsOf(world).map(({ service }) => service);
			for (const [name, needed] of restartingDependencies(world.project)) {
				if (!order.includes(name) || !order.includes(needed)) continue;
				assert.ok(order.lastIndexOf(needed) < order.indexOf(name));
			}
		});
	});
});

const restartsOf = ({ project, state, named }: World): readonly { readonly service: string; readonly id: string }[] =>
	planRestart(project.services, state.containers, { services: named }).steps.flatMap(({ operation }) =>
		operation.type === 'container.restart' && 'id' in operation.container
			? [{ service: operation.service, id: operation.container.id }]
			: [],
	);

const restartingDependencies = ({ services }: Project): readonly (readonly [name: string, needed: string])[] =>
	[...services].flatMap(([name, { depends_on = {} }]) =>
		Object.entries(depends_on)
			.filter(([, { restart }]) => restart === true)
			.map(([needed]) => [name, needed] as const),
	);
