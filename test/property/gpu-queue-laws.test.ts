import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { GpuRequest } from '../support/gpu-actor.ts';
import type { Happening, Lacking } from '../support/gpu-happening.ts';
import { GpuWorld } from '../support/gpu-world.ts';
import { counterRuns, worldRuns } from '../support/property-runs.ts';
import { Timers } from '../support/stepped.ts';

const nat = fc.nat({ max: 1000 });
const wants = fc.oneof(
	{ arbitrary: fc.integer({ min: 1, max: 2 }), weight: 6 },
	{ arbitrary: fc.integer({ min: 1, max: 4 }), weight: 2 },
	{ arbitrary: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 2 }), weight: 1 },
);
const request: fc.Arbitrary<GpuRequest> = fc.record({
	wants,
	waits: fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, { arbitrary: fc.constant(false), weight: 1 }),
	share: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, { arbitrary: fc.constant(true), weight: 1 }),
	restart: fc.constantFrom('no', 'always', 'on-failure', 'unless-stopped'),
	isLate: fc.oneof({ arbitrary: fc.constant(false), weight: 2 }, { arbitrary: fc.constant(true), weight: 1 }),
	verb: fc.oneof(
		{ arbitrary: fc.constant('up' as const), weight: 5 },
		{ arbitrary: fc.constant('recreate' as const), weight: 4 },
		{ arbitrary: fc.constant('start' as const), weight: 1 },
	),
});
const begin = fc.record({ type: fc.constant('begin' as const), request, choice: nat });
const step = fc.record({ type: fc.constant('step' as const), choice: nat, timers: fc.boolean() });
const rare: fc.Arbitrary<Happening> = fc.oneof(
	fc.record({ type: fc.constant('kill' as const), choice: nat, arrives: fc.boolean() }),
	fc.record({ type: fc.constant('interrupt' as const), choice: nat }),
	fc.record({ type: fc.constant('cancel' as const), choice: nat }),
	fc.record({ type: fc.constant('host' as const), index: fc.nat({ max: 3 }) }),
	fc.record({ type: fc.constant('stranger' as const), wants }),
	fc.record({ type: fc.constant('end' as const), choice: nat }),
	fc.record({ type: fc.constant('end' as const), choice: nat }),
	fc.record({ type: fc.constant('return' as const), choice: nat }),
);
const anything: fc.Arbitrary<Happening> = fc.oneof(
	{ arbitrary: step, weight: 120 },
	{ arbitrary: begin, weight: 1 },
	{ arbitrary: rare, weight: 2 },
);
/** Some come when others have been served. */
const schedule = fc
	.tuple(
		fc.array(begin, { maxLength: 2 }),
		fc.array(step, { minLength: 250, maxLength: 250 }),
		fc.array(begin, { minLength: 2, maxLength: 4 }),
		fc.array(anything, { minLength: 100, maxLength: 500 }),
	)
	.map((parts): readonly Happening[] => parts.flat());

/** More steps than any schedule needs once all comes free. */
const enough = 20_000;

/** What happens, then an end to all that has GPUs, until everybody has come to an end. */
async function play(happenings: readonly Happening[], lacking: Lacking = {}): Promise<GpuWorld> {
	const world = new GpuWorld(lacking);
	Timers.useOf(world.stepper);
	for (const happening of happenings) await world.happen(happening);
	await finish(world);
	return world;
}

/** So many timers of one process have fired when it has looked for sure: those of its locks come before. */
const timersEach = 5;

/**
 * Somebody goes on; where nothing is left to happen, all look again, and then something comes free. Nobody comes any
 * more, so nobody waits for more ends than there are containers, nor ever for what he could have.
 */
async function finish(world: GpuWorld): Promise<void> {
	const dice = thrown(7);
	let looks = 0;
	let working = world.atWork();
	for (let turn = 0; turn < enough && !world.isOver() && world.wrongs.length === 0; turn += 1) {
		const timers = !world.stepper.canStep();
		looks += Number(timers);
		// Who came to an end has given others something to look at.
		if (world.atWork() !== working) looks = 0;
		working = world.atWork();
		if (timers && looks > timersEach * world.atWork()) {
			looks = 0;
			await world.endNext();
		}
		// The oldest timer first, so that all have looked when all have fired.
		await world.happen({ type: 'step', choice: timers ? 0 : dice.next().value, timers });
	}
}

/** Numbers without a pattern: two who want a lock may step out of each other's way for ever where their turns have one. */
function* thrown(seed: number): Generator<number, never> {
	for (let state = seed; ; ) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		yield state >>> 1;
	}
}

/** Whether one who asks for all GPUs at the very end gets them at once. */
async function areAllThere(world: GpuWorld): Promise<boolean> {
	do await world.freeOne();
	while (!world.isIdle());
	const all = { wants: 4, waits: false, share: false, restart: 'no', isLate: false, verb: 'up' } as const;
	await world.happen({ type: 'begin', request: all, choice: 0 });
	await finish(world);
	return world.lastOutcome() === 'served';
}

describe('giving out GPUs to many at once, whoever stalls, dies, leaves or comes from outside', () => {
	before(() => Timers.take());
	after(() => Timers.restore());

	test('gives none twice, none out of turn, loses none, and in the end everybody is served or told why not', {
		timeout: 3_600_000,
	}, async (t) => {
		const sums: Record<string, number> = {};
		const add = (key: string, count: number): void => {
			sums[key] = (sums[key] ?? 0) + count;
		};
		await fc.assert(
			fc.asyncProperty(schedule, async (happenings) => {
				const world = await play(happenings);
				assert.deepEqual(world.wrongs, []);
				assert.ok(world.isOver(), 'somebody waits for ever');
				assert.deepEqual(world.litter(), []);
				assert.ok(await areAllThere(world), 'a GPU is lost');
				add('schedules', 1);
				add('schedules with a meeting', world.counts.met > 0 ? 1 : 0);
				for (const [key, count] of Object.entries({ ...world.counts, ...world.outcomes })) add(key, count);
			}),
			worldRuns,
		);
		t.diagnostic(JSON.stringify(sums));
		assert.ok((sums['schedules with a meeting'] ?? 0) > (sums['schedules'] ?? 0) / 2, 'too few requests met');
	});

	const lackings: readonly { readonly without: string; readonly lacking: Lacking; readonly wrong: RegExp }[] = [
		{ without: 'the lock', lacking: { lock: true }, wrong: /gets GPU-\S+ of p\d+-t/ },
		{ without: 'a look at the tickets of others', lacking: { queue: true }, wrong: /is served before ticket/ },
		{ without: 'passing over the dead', lacking: { deaths: true }, wrong: /waits for ever/ },
	];
	for (const { without, lacking, wrong } of lackings) {
		test(`goes wrong without ${without}`, { timeout: 600_000 }, async () => {
			const found = await fc.check(
				fc.asyncProperty(schedule, async (happenings) => {
					const world = await play(happenings, lacking);
					const wrongs = [...world.wrongs, ...(world.isOver() ? [] : ['somebody waits for ever'])];
					assert.ok(!wrongs.some((text) => wrong.test(text)), wrongs.join('\n'));
				}),
				counterRuns,
			);
			assert.ok(found.failed);
		});
	}
});
