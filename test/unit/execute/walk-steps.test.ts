import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Lane, type Return, type WalkResult, walkSteps } from '../../../src/execute/walk-steps.ts';
import type { Step } from '../../../src/plan/plan.ts';
import { cpuTimer } from '../../support/cpu-time.ts';
import { step } from './steps.ts';

/** Runs a walk whose steps end when the test says so. */
function scripted(
	steps: readonly Step[],
	lanesOf: (step: Step) => readonly Lane[] = () => [],
	returns: readonly Return[] = [],
) {
	const log: string[] = [];
	const open = new Map<number, PromiseWithResolvers<void>>();
	const interrupt = new AbortController();
	const force = new AbortController();
	const result = walkSteps({
		steps,
		returns,
		lanesOf,
		run({ id }) {
			log.push(`start ${id}`);
			const gate = Promise.withResolvers<void>();
			open.set(id, gate);
			return gate.promise;
		},
		onSkip: ({ id }, failed) => log.push(`skip ${id} for ${failed.id}`),
		isInterruption: (error) => error instanceof Error && error.message === 'interrupted',
		mayHaveRun: ({ error }) => error instanceof Error && error.message === 'cut off',
		signal: interrupt.signal,
		forceSignal: force.signal,
	});
	const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
	return {
		log,
		result,
		interrupt,
		force,
		async finish(id: number) {
			open.get(id)?.resolve();
			await settled();
		},
		async fail(id: number, message = `step ${id}`) {
			open.get(id)?.reject(new Error(message));
			await settled();
		},
	};
}

const ids = (steps: readonly Step[]): readonly number[] => steps.map(({ id }) => id).sort((a, b) => a - b);
const shape = ({ done, failed, skipped, unfinished }: WalkResult) => ({
	done: ids(done),
	failed: ids(failed.map((failure) => failure.step)),
	skipped: ids(skipped),
	unfinished: ids(unfinished),
});

describe('walkSteps', () => {
	test('a plan without steps is done at once', async () => {
		assert.deepEqual(shape(await scripted([]).result), { done: [], failed: [], skipped: [], unfinished: [] });
	});

	test('a step starts when the last step it depends on is done, and not before', async () => {
		const walk = scripted([step(1), step(2), step(3, [1, 2])]);
		assert.deepEqual(walk.log, ['start 1', 'start 2']);
		await walk.finish(2);
		assert.deepEqual(walk.log, ['start 1', 'start 2']);
		await walk.finish(1);
		assert.deepEqual(walk.log, ['start 1', 'start 2', 'start 3']);
		await walk.finish(3);
		assert.deepEqual(shape(await walk.result).done, [1, 2, 3]);
	});

	test('a dependency named twice is one dependency', async () => {
		const walk = scripted([step(1), step(2, [1, 1])]);
		await walk.finish(1);
		await walk.finish(2);
		assert.deepEqual(shape(await walk.result).done, [1, 2]);
	});

	test('a lane lets no more steps run than it has places, lowest id first', async () => {
		const two: readonly Lane[] = [{ name: 'start', limit: 2 }];
		const walk = scripted([step(1), step(2), step(3), step(4)], () => two);
		assert.deepEqual(walk.log, ['start 1', 'start 2']);
		await walk.finish(2);
		assert.deepEqual(walk.log, ['start 1', 'start 2', 'start 3']);
	});

	test('a full lane does not hold back steps of another', async () => {
		const one = (name: string): readonly Lane[] => [{ name, limit: 1 }];
		const walk = scripted([step(1), step(2), step(3)], ({ id }) => one(id === 3 ? 'other' : 'start'));
		assert.deepEqual(walk.log, ['start 1', 'start 3']);
	});

	test('a step in two lanes needs a place in both', async () => {
		const lanes = ({ id }: Step): readonly Lane[] =>
			id === 1
				? [{ name: 'narrow', limit: 1 }]
				: [
						{ name: 'wide', limit: 9 },
						{ name: 'narrow', limit: 1 },
					];
		const walk = scripted([step(1), step(2)], lanes);
		assert.deepEqual(walk.log, ['start 1']);
		await walk.finish(1);
		assert.deepEqual(walk.log, ['start 1', 'start 2']);
	});

	test('a failed step frees its place', async () => {
		const walk = scripted([step(1), step(2)], () => [{ name: 'only', limit: 1 }]);
		await walk.fail(1);
		assert.deepEqual(walk.log, ['start 1', 'start 2']);
	});

	test('all that depends on a failed step is skipped, near and far, and everything else goes on', async () => {
		const walk = scripted([step(1), step(2), step(3, [1]), step(4, [3, 2]), step(5, [2])]);
		await walk.fail(1);
		await walk.finish(2);
		await walk.finish(5);
		assert.deepEqual(walk.log, ['start 1', 'start 2', 'skip 3 for 1', 'skip 4 for 1', 'start 5']);
		assert.deepEqual(shape(await walk.result), { done: [2, 5], failed: [1], skipped: [3, 4], unfinished: [] });
	});

	test('a step is skipped once, however many of its dependencies fail', async () => {
		const walk = scripted([step(1), step(2), step(3, [1, 2])]);
		await walk.fail(1);
		await walk.fail(2);
		assert.deepEqual(walk.log, ['start 1', 'start 2', 'skip 3 for 1']);
		assert.deepEqual(shape(await walk.result).skipped, [3]);
	});

	test('a throw before the first await is a failed step, not a broken walk', async () => {
		const never = new AbortController().signal;
		const result = await walkSteps({
			steps: [step(1)],
			lanesOf: () => [],
			run: () => {
				throw new Error('at once');
			},
			onSkip: () => undefined,
			isInterruption: () => false,
			mayHaveRun: () => false,
			signal: never,
			forceSignal: never,
		});
		assert.deepEqual(shape(result).failed, [1]);
	});

	test('the first interruption starts nothing new and lets running steps finish', async () => {
		const walk = scripted([step(1), step(2, [1]), step(3)]);
		walk.interrupt.abort();
		await walk.finish(1);
		assert.deepEqual(walk.log, ['start 1', 'start 3']);
		await walk.finish(3);
		assert.deepEqual(shape(await walk.result), { done: [1, 3], failed: [], skipped: [], unfinished: [2] });
	});

	test('says that it was interrupted, though nothing was left to start', async () => {
		const last = scripted([step(1)]);
		last.interrupt.abort();
		await last.finish(1);
		assert.equal((await last.result).interrupted, true);
		const whole = scripted([step(1)]);
		await whole.finish(1);
		assert.equal((await whole.result).interrupted, false);
	});

	test('a step that ends because of the interruption has not failed, and skips nobody', async () => {
		const walk = scripted([step(1), step(2, [1])]);
		walk.interrupt.abort();
		await walk.fail(1, 'interrupted');
		assert.deepEqual(walk.log, ['start 1']);
		assert.deepEqual(shape(await walk.result), { done: [], failed: [], skipped: [], unfinished: [1, 2] });
	});

	test('a step that fails by itself after the interruption has failed', async () => {
		const walk = scripted([step(1), step(2, [1])]);
		walk.interrupt.abort();
		await walk.fail(1);
		assert.deepEqual(shape(await walk.result), { done: [], failed: [1], skipped: [2], unfinished: [] });
	});

	test('an interruption before the first step leaves everything undone', async () => {
		const interrupted = AbortSignal.abort();
		const result = await walkSteps({
			steps: [step(1)],
			lanesOf: () => [],
			run: () => assert.fail('ran'),
			onSkip: () => undefined,
			isInterruption: () => false,
			mayHaveRun: () => false,
			signal: interrupted,
			forceSignal: new AbortController().signal,
		});
		assert.deepEqual(shape(result).unfinished, [1]);
	});

	test('the second interruption does not wait for running steps', async () => {
		const walk = scripted([step(1), step(2)]);
		await walk.finish(2);
		walk.interrupt.abort();
		walk.force.abort();
		assert.deepEqual(shape(await walk.result), { done: [2], failed: [], skipped: [], unfinished: [1] });
	});

	test('what ends after the second interruption changes nothing', async () => {
		const walk = scripted([step(1), step(2, [1])]);
		walk.force.abort();
		const before = shape(await walk.result);
		await walk.finish(1);
		assert.deepEqual(walk.log, ['start 1']);
		assert.deepEqual(shape(await walk.result), before);
	});

	test('every step ends in exactly one of the four groups, and none runs before its dependencies', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryPlan, fc.integer({ min: 1, max: 4 }), async ({ steps, failing }, limit) => {
				const finished = new Set<number>();
				let running = 0;
				const result = await walkSteps({
					steps,
					lanesOf: () => [{ name: 'all', limit }],
					async run({ id, dependsOn }) {
						assert.ok(dependsOn.every((dependency) => finished.has(dependency)));
						running += 1;
						assert.ok(running <= limit);
						await Promise.resolve();
						running -= 1;
						if (failing.has(id)) throw new Error('drawn');
						finished.add(id);
					},
					onSkip: () => undefined,
					isInterruption: () => false,
					mayHaveRun: () => false,
					signal: new AbortController().signal,
					forceSignal: new AbortController().signal,
				});
				const { done, failed, skipped, unfinished } = shape(result);
				assert.deepEqual(
					[...done, ...failed, ...skipped].sort((a, b) => a - b),
					ids(steps),
				);
				assert.deepEqual(unfinished, []);
			}),
		);
	});

	test('ten thousand independent steps are walked in well under a second', async () => {
		const steps = Array.from({ length: 10_000 }, (_, index) => step(index + 1, index % 2 === 1 ? [index] : []));
		const never = new AbortController().signal;
		const cpuMs = cpuTimer();
		const result = await walkSteps({
			steps,
			lanesOf: () => [],
			run: async () => undefined,
			onSkip: () => undefined,
			isInterruption: () => false,
			mayHaveRun: () => false,
			signal: never,
			forceSignal: never,
		});
		assert.equal(result.done.length, 10_000);
		assert.ok(cpuMs() < 2000);
	});
});

const arbitraryPlan = fc
	.array(fc.record({ dependsOn: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), fails: fc.boolean() }), {
		maxLength: 30,
	})
	.map((drawn) => ({
		steps: drawn.map(({ dependsOn }, index) =>
			step(
				index + 1,
				dependsOn.filter((id) => id >= 1 && id <= index),
			),
		),
		failing: new Set(drawn.flatMap(({ fails }, index) => (fails ? [index + 1] : []))),
	}));

describe('what brings things back', () => {
	/** 1 makes the new one, 2 puts the old one aside, 3 starts the new one; 9 is somebody else's. */
	const exchange = [step(1), step(2, [1]), step(3, [2]), step(9)];
	const back: Return = {
		guards: [2, 3],
		steps: [
			{ undoes: 1, step: step(11) },
			{ undoes: 2, step: step(12) },
		],
	};
	const none = (): readonly Lane[] => [];

	test('is not carried out where all goes well', async () => {
		const walk = scripted(exchange, none, [back]);
		for (const id of [1, 2, 3, 9]) await walk.finish(id);
		assert.deepEqual(walk.log, ['start 1', 'start 9', 'start 2', 'start 3']);
		assert.deepEqual((await walk.result).returned, []);
	});

	test('is carried out one after the other when a guarded step fails, before others have ended', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.finish(2);
		await walk.fail(3);
		assert.deepEqual(walk.log.slice(4), ['start 11']);
		await walk.finish(11);
		assert.deepEqual(walk.log.slice(4), ['start 11', 'start 12']);
		await walk.finish(9);
		await walk.finish(12);
		const result = await walk.result;
		assert.deepEqual(ids(result.returned), [11, 12]);
		assert.deepEqual(shape(result), { done: [1, 2, 9], failed: [3], skipped: [], unfinished: [] });
	});

	test('undoes only what was done', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.fail(2);
		await walk.finish(11);
		await walk.finish(9);
		assert.deepEqual(walk.log, ['start 1', 'start 9', 'start 2', 'skip 3 for 2', 'start 11']);
		assert.deepEqual(ids((await walk.result).returned), [11]);
	});

	test('undoes what failed too, where it may have been carried out all the same', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.fail(2, 'cut off');
		await walk.finish(11);
		await walk.finish(12);
		await walk.finish(9);
		assert.deepEqual(ids((await walk.result).returned), [11, 12]);
	});

	test('has nothing to do where nothing was done', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.fail(1);
		await walk.finish(9);
		assert.deepEqual((await walk.result).returned, []);
	});

	test('waits for what it undoes', async () => {
		const steps = [step(1), step(2), step(3)];
		const walk = scripted(steps, none, [{ guards: [2], steps: [{ undoes: 1, step: step(11) }] }]);
		await walk.fail(2);
		assert.ok(!walk.log.includes('start 11'));
		await walk.finish(1);
		assert.equal(walk.log.at(-1), 'start 11');
	});

	test('goes on where one of its steps fails, which is a failure too', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.finish(2);
		await walk.finish(9);
		await walk.fail(3);
		await walk.fail(11);
		await walk.finish(12);
		const result = await walk.result;
		assert.deepEqual([shape(result).failed, ids(result.returned)], [[3, 11], [12]]);
	});

	test('comes in the order of the plan where one failure calls for two', async () => {
		const returns = [11, 12].map((id): Return => ({ guards: [2], steps: [{ undoes: 1, step: step(id) }] }));
		const walk = scripted([step(1), step(2, [1])], none, returns);
		await walk.finish(1);
		await walk.fail(2);
		assert.equal(walk.log.at(-1), 'start 11');
		await walk.finish(11);
		assert.equal(walk.log.at(-1), 'start 12');
		await walk.finish(12);
		assert.deepEqual(ids((await walk.result).returned), [11, 12]);
	});

	test('is carried out after an interruption too: it is a part of ending what runs', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.finish(2);
		await walk.finish(9);
		walk.interrupt.abort();
		await walk.fail(3);
		await walk.finish(11);
		await walk.finish(12);
		const result = await walk.result;
		assert.deepEqual([ids(result.returned), shape(result).failed], [[11, 12], [3]]);
	});

	test('is not called for by a step that the interruption ended or kept from starting', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.finish(9);
		walk.interrupt.abort();
		await walk.fail(2, 'interrupted');
		const result = await walk.result;
		assert.deepEqual([ids(result.returned), shape(result).unfinished], [[], [2, 3]]);
	});

	test('is not begun after the second interruption', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.finish(2);
		walk.force.abort();
		await walk.fail(3);
		assert.ok(!walk.log.includes('start 11'));
		assert.deepEqual((await walk.result).returned, []);
	});

	test('is not begun any more after the second one', async () => {
		const walk = scripted(exchange, none, [back]);
		await walk.finish(1);
		await walk.finish(2);
		await walk.fail(3);
		walk.force.abort();
		await walk.finish(11);
		assert.ok(!walk.log.includes('start 12'));
		assert.deepEqual((await walk.result).returned, []);
	});
});
