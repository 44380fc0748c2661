import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Project } from '../../src/model/project.ts';
import { formatPlan } from '../../src/plan/format-plan.ts';
import type { Plan, StepId } from '../../src/plan/plan.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { replicasOf } from '../../src/plan/select-services.ts';
import type { UpOptions } from '../../src/plan/up-options.ts';
import type { ObservedState } from '../../src/state/observed-state.ts';
import { anySample, hasOneShots, type Sample } from '../support/any-up.ts';
import { image } from '../support/plan-cases.ts';
import { worldRuns } from '../support/property-runs.ts';
import { lostWith, type Order, simulateCutOff, simulateFailure, simulatePlan } from '../support/simulate-plan.ts';

interface Broken extends Sample {
	readonly plan: Plan;
	/** The step at which the run breaks. */
	readonly at: StepId;
	/** In which the run took its steps. */
	readonly order: Order;
	readonly next: Next;
}

/** What is different when `up` is given again. */
interface Next {
	/** Of services whose environment is another now. */
	readonly edited: readonly string[];
	readonly hasNewImage: boolean;
	readonly order: Order;
}

const anyOrder = fc.oneof(
	fc.constantFrom<Order>('as listed', 'latest'),
	fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 30 }),
);
const anyNext: fc.Arbitrary<Next> = fc.record({
	edited: fc.subarray(['a', 'b', 'c', 'd']),
	hasNewImage: fc.boolean(),
	order: anyOrder,
});

const anyBroken: fc.Arbitrary<Broken> = fc
	.tuple(anySample, fc.nat(), anyOrder, anyNext)
	.map(([sample, chosen, order, next]) => {
		const plan = planUp(sample.project, sample.state, sample.options);
		return { ...sample, plan, at: (chosen % (plan.steps.length + 1)) + 1, order, next };
	});

const law = (check: (broken: Broken) => void): void => fc.assert(fc.property(anyBroken, check), worldRuns);

const edited = (project: Project, names: readonly string[]): Project => ({
	...project,
	services: new Map(
		[...project.services].map(([name, service]) => [
			name,
			names.includes(name) ? { ...service, environment: { LR: '0.3' } } : service,
		]),
	),
});

const withImage = (found: ObservedState, { hasNewImage }: Next): ObservedState =>
	hasNewImage ? { ...found, images: new Map([['app', image({ id: `sha256:${'c'.repeat(64)}` })]]) } : found;

/** A plain `up`, of what the file says by then, after a run that did not get to its end. */
function converges(
	{ project: was, options: { recreate, start, ...options }, plan, at, next: goingOn }: Broken,
	broken: ObservedState,
): void {
	const project = edited(was, goingOn.edited);
	const left = withImage(broken, goingOn);
	const next = planUp(project, left, options satisfies UpOptions);
	const trace = (): string => `${formatPlan(plan)}\n-- broke at ${at}, then\n${formatPlan(next)}`;
	const after = simulatePlan(left, next, goingOn.order);
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

describe('a plain `up` after a run of `up` that broke, of a file that has changed or has not', () => {
	test('converges where the run was cut off at any step', () => {
		law((broken) => {
			const { state, plan, at: end, order } = broken;
			converges(broken, simulateCutOff(state, plan, { end, order }));
		});
	});

	test('converges where the engine refused any one step', () => {
		law((broken) => {
			const { state, plan, at: failing, order } = broken;
			converges(broken, simulateFailure(state, plan, { failing, order }));
		});
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
		law(({ plan, state, at, order }) => {
			const after = simulateFailure(state, plan, { failing: at, order });
			for (const id of broughtBack(plan, at)) {
				const is = after.containers.find((one) => one.id === id);
				const was = state.containers.find((one) => one.id === id);
				assert.equal(is?.state, 'running', formatPlan(plan));
				assert.ok(is?.name === was?.name || !isTemporary(is?.name ?? ''), formatPlan(plan));
			}
		});
	});

	test('leaves no more containers under temporary names than there were, unless a network went with the old one', () => {
		law(({ plan, state, at, order }) => {
			if (isRemoval(plan, at) || plan.steps.some(({ operation }) => operation.type === 'network.disconnect')) return;
			const count = ({ containers }: ObservedState): number =>
				containers.filter(({ name }) => isTemporary(name)).length;
			assert.ok(count(simulateFailure(state, plan, { failing: at, order })) <= count(state), formatPlan(plan));
		});
	});
});
