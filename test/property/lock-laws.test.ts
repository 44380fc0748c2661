import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { afterCreate, afterSurvey } from '../../src/lock/protocol.ts';
import { type Breaking, type Happening, LockWorld, type Protocol } from '../support/lock-model.ts';
import { counterRuns, runs } from '../support/property-runs.ts';

const protocol: Protocol = { afterCreate, afterSurvey };
const small = fc.nat({ max: 7 });
const step = small.map((process): Happening => ({ type: 'step', process }));
const death = small.map((process): Happening => ({ type: 'die', process }));
const settling = fc.constant<Happening>({ type: 'settle' });
const late = small.map((call): Happening => ({ type: 'late', call }));
const pruning = small.map((volume): Happening => ({ type: 'prune', volume }));

const calm = fc.oneof(
	{ arbitrary: step, weight: 20 },
	{ arbitrary: death, weight: 1 },
	{ arbitrary: settling, weight: 2 },
);
const wild = fc.oneof(
	{ arbitrary: calm, weight: 20 },
	{ arbitrary: late, weight: 1 },
	{ arbitrary: pruning, weight: 1 },
);
const crowd = fc.integer({ min: 2, max: 4 });
const schedule = (happening: fc.Arbitrary<Happening>) => fc.array(happening, { minLength: 10, maxLength: 150 });

function most(processes: number, happenings: readonly Happening[], count: (world: LockWorld) => number): number {
	const world = new LockWorld(processes, protocol);
	return Math.max(
		...happenings.map((happening) => {
			world.happen(happening);
			return count(world);
		}),
	);
}

describe('the protocol of locks, whoever stalls, dies, sweeps or prunes', () => {
	test('never have two a lock that is there', () => {
		fc.assert(
			fc.property(crowd, schedule(wild), (processes, happenings) => {
				assert.ok(most(processes, happenings, (world) => world.holders()) <= 1);
			}),
			runs,
		);
	});

	test('never do two even think so, as long as nobody removes what others use', () => {
		fc.assert(
			fc.property(crowd, schedule(calm), (processes, happenings) => {
				assert.ok(most(processes, happenings, (world) => world.believers()) <= 1);
			}),
			runs,
		);
	});

	test('whatever happened, everybody is served once it is quiet', () => {
		fc.assert(
			fc.property(crowd, schedule(wild), fc.infiniteStream(small), (processes, happenings, turns) => {
				const world = new LockWorld(processes, protocol);
				for (const happening of happenings) world.happen(happening);
				for (let turn = 0; turn < 20_000 && world.leastServed() === 0; turn += 1) {
					world.happen({ type: 'settle' });
					world.happen({ type: 'step', process: turns.next().value ?? 0 });
				}
				assert.ok(world.leastServed() > 0);
			}),
			runs,
		);
	});

	test('the schedules are such that processes do meet', () => {
		const met = fc.sample(fc.tuple(crowd, schedule(wild)), 1000).filter(([processes, happenings]) => {
			const world = new LockWorld(processes, protocol);
			for (const happening of happenings) world.happen(happening);
			return world.meetings() > 0;
		});
		assert.ok(met.length > 500, `only ${met.length} of 1000 schedules had a meeting`);
	});
});

describe('the protocol of locks, among those who break what they can’t judge', () => {
	const settled = fc.oneof({ arbitrary: step, weight: 20 }, { arbitrary: settling, weight: 2 });
	const worlds = fc.tuple(
		crowd,
		schedule(fc.oneof({ arbitrary: settled, weight: 20 }, { arbitrary: death, weight: 1 })),
	);
	const believersOf = (breaking: Breaking) =>
		fc.property(worlds, ([processes, happenings]) => {
			const world = new LockWorld(processes, protocol, breaking);
			return happenings.every((happening) => {
				world.happen(happening);
				return world.believers() <= 1;
			});
		});

	test('never has two who think that they hold it, though all break what was left behind', () => {
		fc.assert(believersOf('leftovers'), runs);
	});

	test('has two where they break each other’s locks as well', () => {
		assert.ok(fc.check(believersOf('anything'), counterRuns).failed);
	});

	test('lets somebody pass over what was left behind', () => {
		fc.assert(
			fc.property(crowd, schedule(settled), fc.infiniteStream(small), (processes, happenings, turns) => {
				const world = new LockWorld(processes, protocol, 'leftovers');
				for (const happening of happenings) world.happen(happening);
				for (let turn = 0; turn < 20_000 && world.mostServed() === 0; turn += 1) {
					world.happen({ type: 'settle' });
					world.happen({ type: 'step', process: turns.next().value ?? 0 });
				}
				assert.ok(world.mostServed() > 0);
			}),
			runs,
		);
	});
});

const broken: readonly { readonly without: string; readonly protocol: Protocol }[] = [
	{
		without: 'the list after the win',
		protocol: {
			...protocol,
			afterCreate: (seen) => (seen.verdict === 'own' ? { do: 'hold', own: seen.number, dead: [] } : afterCreate(seen)),
		},
	},
	{
		without: 'the word that an owner who can’t be judged lives',
		protocol: {
			...protocol,
			afterSurvey: (own, locks) =>
				afterSurvey(
					own,
					locks.map((lock) => (lock.verdict === 'unknown' ? { ...lock, verdict: 'dead' as const } : lock)),
				),
		},
	},
	{
		without: 'the step back',
		protocol: {
			...protocol,
			afterSurvey: (own, locks) => (own === undefined ? afterSurvey(own, locks) : { do: 'hold', own, dead: [] }),
		},
	},
];

describe('the laws fail', () => {
	for (const { without, protocol: lacking } of broken) {
		test(`without ${without}`, () => {
			const result = fc.check(
				fc.property(crowd, schedule(wild), (processes, happenings) => {
					const world = new LockWorld(processes, lacking);
					return happenings.every((happening) => {
						world.happen(happening);
						return world.holders() <= 1;
					});
				}),
				counterRuns,
			);
			assert.ok(result.failed);
		});
	}
});
