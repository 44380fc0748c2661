import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Project } from '../../src/model/project.ts';
import { formatPlan } from '../../src/plan/format-plan.ts';
import type { Plan, Step, StepId } from '../../src/plan/plan.ts';
import { planUp } from '../../src/plan/plan-up.ts';
import { replicasOf } from '../../src/plan/select-services.ts';
import type { UpOptions } from '../../src/plan/up-options.ts';
import { label } from '../../src/state/labels.ts';
import { containerName, isTemporaryName } from '../../src/state/names.ts';
import type { ObservedContainer, ObservedState } from '../../src/state/observed-state.ts';
import { anySample, hasOneShots, refusalOf, type Sample } from '../support/any-up.ts';
import { image } from '../support/plan-cases.ts';
import { worldRuns } from '../support/property-runs.ts';
import { type Order, simulateCutOff, simulateFailure, simulatePlan } from '../support/simulate-plan.ts';

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

/** A plain `up` of everything, of what the file says by then, after a run that did not get to its end. */
function converges(
	{ project: was, options: { recreate, start, services, ...given }, plan, at, next: goingOn }: Broken,
	broken: ObservedState,
): void {
	const project = edited(was, goingOn.edited);
	const left = withImage(broken, goingOn);
	const options = agreeable({ project, state: left, options: given });
	const next = planUp(project, left, options);
	const trace = (): string => `${formatPlan(plan)}\n-- broke at ${at}, then\n${formatPlan(next)}`;
	const after = simulatePlan(left, next, goingOn.order);
	for (const [name, declared] of project.services) {
		const own = after.containers.filter(({ service, oneOff }) => service === name && !oneOff);
		assert.equal(own.length, replicasOf(name, declared), trace());
		assert.ok(
			own.every(({ name: called }) => !isTemporary(called)),
			trace(),
		);
	}
	if (!hasOneShots(project)) assert.equal(formatPlan(planUp(project, after, options)), '', trace());
}

/** Volumes of which the engine would refuse the recreation, now that all services are meant, stay as they are. */
const agreeable = (request: Sample): UpOptions =>
	refusalOf(request) === undefined ? request.options : { ...request.options, recreateVolumes: new Set() };

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

/** A replica that had a container which ran, and for which the plan makes or starts another one. */
interface Exchanged {
	readonly service: string;
	readonly number: number;
	/** Steps that the engine may refuse. */
	readonly steps: readonly StepId[];
}

/** The data of a volume that is recreated are lost by consent, and with them the containers on it. */
const losesVolume = ({ steps }: Plan, { mounts }: ObservedContainer): boolean =>
	steps.some(
		({ operation }) => operation.type === 'volume.remove' && mounts.some(({ name }) => name === operation.name),
	);

const isServing = ({ state, oneOff }: ObservedContainer): boolean =>
	/^(running|restarting|paused)$/.test(state) && !oneOff;

/** What the step makes or starts, where that never ran. */
function newcomer({ operation }: Step, plan: Plan, { containers }: ObservedState): [string, number] | undefined {
	if (operation.type === 'container.create') return [operation.service, Number(operation.spec.labels[label.number])];
	if (operation.type !== 'container.start') return undefined;
	const { container } = operation;
	if ('id' in container) {
		const found = containers.find(({ id, state }) => id === container.id && state === 'created');
		return found?.number === undefined ? undefined : [found.service, found.number];
	}
	const maker = plan.steps.find(({ id }) => id === container.createdBy);
	return maker === undefined ? undefined : newcomer(maker, plan, { ...none, containers });
}

const none: ObservedState = { containers: [], networks: new Map(), volumes: new Map(), images: new Map() };

/** Those of `serving` for which `plan` brings up another container than the one that serves. */
function exchangedBy(plan: Plan, found: ObservedState, serving: readonly ObservedContainer[]): readonly Exchanged[] {
	return serving
		.filter((old) => !losesVolume(plan, old))
		.flatMap(({ service, number = 0 }) => {
			const steps = plan.steps.filter((step) => {
				const made = newcomer(step, plan, found);
				return made?.[0] === service && made[1] === number;
			});
			return steps.length === 0 ? [] : [{ service, number, steps: steps.map(({ id }) => id) }];
		});
}

const twinsOf = ({ service, number }: ObservedContainer, { containers }: ObservedState): readonly ObservedContainer[] =>
	containers.filter((one) => one.service === service && one.number === number && !one.oneOff);

/** What was only stopped looks like what a person has stopped: such a container need not come back. */
function showsItServed(container: ObservedContainer, found: ObservedState): boolean {
	const own = twinsOf(container, found);
	return own.length > 1 || own.some((one) => isServing(one) || isTemporary(one.name));
}

const serves = ({ containers }: ObservedState, { service, number }: Exchanged): boolean =>
	containers.some(
		(one) => one.service === service && one.number === number && isServing(one) && !isTemporary(one.name),
	);

/** What is no part of a replacement: a removal, the naming of one that stays, or the end of what another run left. */
const isBesides = ({ steps }: Plan, at: StepId): boolean =>
	steps.some(
		({ id, operation: { type }, reasons: [reason = ''] }) =>
			id === at &&
			(type === 'container.remove' ||
				(type === 'container.rename' && reason.startsWith('container_name: ')) ||
				(type === 'container.stop' && reason === 'an earlier replacement broke off')),
	);

describe('a replacement that the engine refuses to make or to start', () => {
	test('leaves the old container running, under its own name', () => {
		let met = 0;
		law(({ plan, state, order }) => {
			const serving = state.containers.filter((one) => isServing(one) && !isTemporary(one.name));
			for (const exchanged of exchangedBy(plan, state, serving)) {
				for (const failing of exchanged.steps) {
					met += 1;
					const after = simulateFailure(state, plan, { failing, order });
					assert.ok(serves(after, exchanged), `${formatPlan(plan)}\n-- refused ${failing}`);
				}
			}
		});
		assert.ok(met > worldRuns.numRuns / 10, `only ${met} replacements were refused`);
	});

	/** Under the temporary name of another name than it is to have now: it is no part of a replacement. */
	const isStray = ({ name, service, number = 0 }: ObservedContainer, of: Project): boolean => {
		const declared = of.services.get(service);
		return (
			isTemporary(name) &&
			(declared === undefined || !isTemporaryName(name, containerName(of, service, { service: declared, number })))
		);
	};

	test('leaves one running also where a run before was cut off, unless a network went with it, and `up` converges after both', () => {
		let met = 0;
		law((broken) => {
			const { state, plan, project, at: end, order, options } = broken;
			if (options.start === false || plan.steps.some(({ operation }) => operation.type === 'network.disconnect'))
				return;
			const left = simulateCutOff(state, plan, { end, order });
			const serving = state.containers.filter(
				(one) =>
					isServing(one) &&
					!isStray(one, project) &&
					twinsOf(one, state).length === 1 &&
					!losesVolume(plan, one) &&
					showsItServed(one, left),
			);
			const { recreate, start, services, ...plain } = options;
			const next = planUp(project, left, agreeable({ project, state: left, options: plain }));
			for (const exchanged of exchangedBy(next, left, serving)) {
				for (const failing of exchanged.steps) {
					met += 1;
					const after = simulateFailure(left, next, { failing, order });
					assert.ok(
						serves(after, exchanged),
						`${formatPlan(plan)}\n-- cut off at ${end}, then\n${formatPlan(next)}\n-- refused ${failing}`,
					);
					converges(broken, after);
				}
			}
		});
		assert.ok(met > worldRuns.numRuns / 20, `only ${met} replacements were refused`);
	});

	test('leaves no more containers under temporary names than there were, unless a network went with the old one', () => {
		law(({ plan, state, at, order }) => {
			if (isBesides(plan, at) || plan.steps.some(({ operation }) => operation.type === 'network.disconnect')) return;
			const count = ({ containers }: ObservedState): number =>
				containers.filter(({ name }) => isTemporary(name)).length;
			assert.ok(count(simulateFailure(state, plan, { failing: at, order })) <= count(state), formatPlan(plan));
		});
	});
});
