import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatPlan } from '../../src/plan/format-plan.ts';
import type { Plan, StepId } from '../../src/plan/plan.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { replicasOf } from '../../src/plan/select-services.ts';
import type { UpOptions } from '../../src/plan/up-options.ts';
import type { ObservedState } from '../../src/state/observed-state.ts';
import { anySample, hasOneShots, type Sample } from '../support/any-up.ts';
import { worldRuns } from '../support/property-runs.ts';
import { lostWith, simulateCutOff, simulateFailure, simulatePlan } from '../support/simulate-plan.ts';

interface Broken extends Sample {
	readonly plan: Plan;
	/** The step at which the run breaks. */
	readonly at: StepId;
}

const anyBroken: fc.Arbitrary<Broken> = fc.tuple(anySample, fc.nat()).map(([sample, chosen]) => {
	const plan = planUp(sample.project, sample.state, sample.options);
	return { ...sample, plan, at: (chosen % (plan.steps.length + 1)) + 1 };
});

const law = (check: (broken: Broken) => void): void => fc.assert(fc.property(anyBroken, check), worldRuns);

/** A plain `up`, with the same answers, after a run that did not get to its end. */
function converges({ project, options: { recreate, start, ...options }, plan, at }: Broken, left: ObservedState): void {
	const next = planUp(project, left, options satisfies UpOptions);
	const trace = (): string => `${formatPlan(plan)}\n-- broke at ${at}, then\n${formatPlan(next)}`;
	const after = simulatePlan(left, next);
	for (const [name, declared] of project.services) {
		const own = after.containers.filter(({ service }) => service === name);
		assert.equal(own.length, replicasOf(name, declared), trace());
		assert.ok(
			own.every(({ name: called }) => !isTemporary(called)),
			trace(),
		);
	}
	if (!hasOneShots(project)) assert.equal(formatPlan(planUp(project, after, options)), '', trace());
}

const isTemporary = (name: string): boolean => /^[0-9a-f]{12}_/.test(name);

describe('a plain `up` after a run of `up` that broke', () => {
	test('converges where the run was cut off at any step', () => {
		law((broken) => converges(broken, simulateCutOff(broken.state, broken.plan, broken.at)));
	});

	test('converges where the engine refused any one step', () => {
		law((broken) => converges(broken, simulateFailure(broken.state, broken.plan, broken.at)));
	});
});

/** Ids of the containers that the failed run's rollbacks start again. */
function broughtBack({ rollbacks = [], ...plan }: Plan, at: StepId): readonly string[] {
	const lost = lostWith(at, plan);
	return rollbacks
		.filter(({ guards }) => guards.some((guard) => lost.has(guard)))
		.flatMap(({ steps }) => steps.filter(({ undoes }) => !lost.has(undoes)))
		.flatMap(({ operation }) =>
			operation.type === 'container.start' && 'id' in operation.container ? [operation.container.id] : [],
		);
}

const isRemoval = ({ steps }: Plan, at: StepId): boolean =>
	steps.some(({ id, operation }) => id === at && operation.type === 'container.remove');

describe('a replacement that the engine refuses to make or to start', () => {
	test('leaves the old container running, under its own name', () => {
		law(({ plan, state, at }) => {
			const after = simulateFailure(state, plan, at);
			for (const id of broughtBack(plan, at)) {
				const is = after.containers.find((one) => one.id === id);
				const was = state.containers.find((one) => one.id === id);
				assert.equal(is?.state, 'running', formatPlan(plan));
				assert.ok(is?.name === was?.name || !isTemporary(is?.name ?? ''), formatPlan(plan));
			}
		});
	});

	test('leaves no more containers under temporary names than there were, unless a network went with the old one', () => {
		law(({ plan, state, at }) => {
			if (isRemoval(plan, at) || plan.steps.some(({ operation }) => operation.type === 'network.disconnect')) return;
			const count = ({ containers }: ObservedState): number =>
				containers.filter(({ name }) => isTemporary(name)).length;
			assert.ok(count(simulateFailure(state, plan, at)) <= count(state), formatPlan(plan));
		});
	});
});
