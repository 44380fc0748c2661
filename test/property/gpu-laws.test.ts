import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { allot, type GpuAsk } from '../../src/gpu/allot.ts';
import { type ClaimsInput, claimsOf, type GpuContainer, type GpuTerms } from '../../src/gpu/holder.ts';
import { type GpuUnit, unitsOf } from '../../src/gpu/inventory.ts';
import { ask, box, cut, gib, gpu, holding, mib, uuid, wish } from '../support/gpu-cases.ts';
import { runs } from '../support/property-runs.ts';

const terms = fc.record({
	share: fc.boolean(),
	memory: fc.option(
		fc.integer({ min: 1, max: 90 }).map((gibs) => gibs * gib),
		{ nil: undefined },
	),
});
const anyWish = fc.oneof(
	{ arbitrary: fc.integer({ min: 1, max: 3 }).map((count) => wish({ count })), weight: 6 },
	{ arbitrary: fc.nat({ max: 4 }).map((index) => wish({ named: [String(index)] })), weight: 2 },
	{ arbitrary: fc.constant(wish({ all: true })), weight: 1 },
	{ arbitrary: fc.constant(wish({ all: true, observes: true })), weight: 1 },
);
const previous = fc.oneof(
	{ arbitrary: fc.constant([]), weight: 3 },
	{ arbitrary: fc.nat({ max: 3 }).map((index) => [uuid(index)]), weight: 1 },
);
const asks = fc
	.array(fc.record({ wish: anyWish, terms, previous, policy: fc.constantFrom('spread' as const, 'pack' as const) }), {
		minLength: 1,
		maxLength: 6,
	})
	.map((list) => list.map((given, index) => ask(`ask-${index}`, given)));
const containers = fc
	.array(fc.record({ wish: anyWish, terms, holds: fc.boolean() }), { maxLength: 3 })
	.map((list) => list.map((given, index) => holding(`c${index}`, given.wish, given)));
/** What sharers on some of the GPUs were promised. */
const promises = fc
	.array(fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }), { minLength: 4, maxLength: 4 })
	.map((list) =>
		list.flatMap((gibs, index) =>
			gibs === undefined
				? []
				: [holding(`s${index}`, { named: [String(index)] }, { terms: { share: true, memory: gibs * gib } })],
		),
	);
const usage = fc.nat({ max: 80 }).map((gibs) => ({
	memoryUsed: gibs * gib,
	processes: gibs === 0 ? [] : [{ pid: 1, program: 'x', memory: gibs * gib }],
}));
const inventory = fc
	.tuple(fc.integer({ min: 0, max: 4 }), fc.array(usage, { minLength: 4, maxLength: 4 }), fc.boolean())
	.map(([count, uses, hasCut]) =>
		box([...uses.slice(0, count).map((use, index) => gpu(index, use)), ...(hasCut ? [cut(count)] : [])]),
	);
const situation = fc.record({ inventory, containers, busyBytes: fc.constantFrom(500 * mib, 20 * gib) });

/** Who shares a GPU, in GiB: what it was promised, what it uses, what else is in use, and what is reserved beside it. */
const tenant = fc.record({
	promised: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
	used: fc.nat({ max: 30 }),
	strange: fc.nat({ max: 10 }),
	unnamed: fc.nat({ max: 10 }),
	reserved: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
	/** The reservation is for the very container that shares: on other terms it may be its successor's. */
	isItsOwn: fc.boolean(),
});
type Tenant = typeof tenant extends fc.Arbitrary<infer T> ? T : never;
const tenants = fc.array(tenant, { minLength: 1, maxLength: 4 });

const shared = (gibs: number | undefined): GpuTerms => ({
	share: true,
	...(gibs !== undefined && { memory: gibs * gib }),
});

const sharedBox = (there: readonly Tenant[]): ClaimsInput => ({
	inventory: box(
		there.map(({ used, strange, unnamed }, index) =>
			gpu(index, {
				memoryUsed: (used + strange + unnamed) * gib,
				processes: [
					{ pid: 1, program: 'x', memory: used * gib, containerId: `id-of-s${index}` },
					{ pid: 2, program: 'y', memory: strange * gib },
				],
			}),
		),
	),
	containers: there.map(({ promised }, index) =>
		holding(
			`s${index}`,
			{ named: [uuid(index)] },
			{ terms: shared(promised), project: `p${index}`, key: `s${index}-1` },
		),
	),
	reserved: there.flatMap(({ reserved, isItsOwn }, index) => {
		const key = `${isItsOwn ? 's' : 'other'}${index}-1`;
		return reserved === undefined
			? []
			: [{ project: `p${index}`, holds: [{ key, ids: [uuid(index)], terms: shared(reserved) }] }];
	}),
	busyBytes: Number.POSITIVE_INFINITY,
});

/** Bytes that are not to be promised to anybody else. */
function takenBy({ promised = 0, used, strange, unnamed, reserved = 0, isItsOwn }: Tenant, isLeft: boolean): number {
	const own = isLeft ? 0 : Math.max(promised, used);
	const isSame = isItsOwn && reserved === promised;
	return (own + strange + unnamed + (isSame ? 0 : reserved)) * gib;
}

const memoryOf = (holders: readonly { readonly terms: GpuTerms }[]): number =>
	holders.reduce((sum, { terms: { memory = 0 } }) => sum + memory, 0);

const usedOf = (unit: GpuUnit | undefined): number =>
	unit === undefined || unit.isSlice ? 0 : (unit.gpu.memoryUsed ?? 0);

/** Who has each unit in the end, those who were there included. */
function holdersByUnit(given: readonly GpuAsk[], input: ClaimsInput) {
	const { granted } = allot(given, input);
	const before = claimsOf(input).map(({ unit, terms: held }) => ({ unit, terms: held, isNew: false }));
	const after = given
		.filter((one) => !one.wish.observes)
		.flatMap((one) => (granted.get(one.key) ?? []).map(({ id }) => ({ unit: id, terms: one.terms, isNew: true })));
	return Map.groupBy([...before, ...after], ({ unit }) => unit);
}

describe('giving out GPUs', () => {
	test('never adds a holder beside one that does not share, nor one that does not share beside any', () => {
		fc.assert(
			fc.property(asks, situation, (given, input) => {
				for (const holders of holdersByUnit(given, input).values()) {
					if (!holders.some(({ isNew }) => isNew) || holders.length === 1) continue;
					assert.ok(holders.every(({ terms: { share } }) => share));
				}
			}),
			runs,
		);
	});

	test('never promises more memory than a GPU has', () => {
		fc.assert(
			fc.property(asks, inventory, promises, (given, boxed, sharers) => {
				const input = { inventory: boxed, containers: sharers, busyBytes: Number.POSITIVE_INFINITY };
				const units = new Map(unitsOf(boxed).map((unit) => [unit.id, unit]));
				for (const [id, holders] of holdersByUnit(given, input)) {
					const added = memoryOf(holders.filter(({ isNew }) => isNew));
					if (added > 0) assert.ok(memoryOf(holders) + usedOf(units.get(id)) <= (units.get(id)?.memory ?? 0));
				}
			}),
			runs,
		);
	});

	test('never promises what sharers, strangers and reservations leave no room for', () => {
		fc.assert(
			fc.property(asks, tenants, fc.boolean(), (given, there, isReplacing) => {
				const [first, ...rest] = given;
				const replacing = isReplacing && first !== undefined ? [{ ...first, replaces: ['id-of-s0'] }, ...rest] : given;
				const { granted } = allot(replacing, sharedBox(there));
				const takers = replacing.filter(({ wish: { observes } }) => !observes);
				for (const [index, tenant] of there.entries()) {
					const added = memoryOf(takers.filter(({ key }) => granted.get(key)?.some(({ id }) => id === uuid(index))));
					const isLeft = isReplacing && index === 0;
					if (added > 0) assert.ok(added + takenBy(tenant, isLeft) <= 80 * gib);
				}
			}),
			runs,
		);
	});

	test('gives the same whatever the order of the asks', () => {
		fc.assert(
			fc.property(
				asks.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
				situation,
				([given, shuffled], input) => {
					const texts = (list: readonly GpuAsk[]) =>
						[...allot(list, input).granted].map(([key, units]) => `${key} ${units.map(({ id }) => id)}`).sort();
					assert.deepEqual(texts(shuffled), texts(given));
				},
			),
			runs,
		);
	});

	test('gives all that is asked for or nothing, and says which', () => {
		fc.assert(
			fc.property(asks, situation, (given, input) => {
				const { granted, shortages } = allot(given, input);
				assert.equal(granted.size + shortages.length, given.length);
				for (const one of given) {
					const units = granted.get(one.key);
					if (units === undefined) continue;
					assert.ok(units.length >= one.wish.count && new Set(units).size === units.length);
					if (one.wish.count > 0) assert.ok(units.every(({ isSlice }) => !isSlice));
				}
			}),
			runs,
		);
	});

	test('gives everybody the same again where the containers that were made of it are replaced', () => {
		fc.assert(
			fc.property(asks, inventory, (given, boxed) => {
				const input = { inventory: boxed, containers: [], busyBytes: 500 * mib };
				const first = allot(given, input).granted;
				const made = given.filter(({ key }) => first.has(key));
				const running = made.map((one): GpuContainer => {
					const named = (first.get(one.key) ?? []).map(({ id }) => id);
					return holding(one.key, { ...one.wish, count: 0, named }, { terms: one.terms });
				});
				const again = made.map((one) => ({
					...one,
					replaces: [`id-of-${one.key}`],
					previous: (first.get(one.key) ?? []).map(({ id }) => id),
				}));
				const second = allot(again, { ...input, containers: running }).granted;
				for (const { key } of made) assert.deepEqual(second.get(key), first.get(key));
			}),
			runs,
		);
	});
});

test('the situations are such that some are served and some are not', () => {
	const drawn = fc.sample(fc.tuple(asks, situation), 1000).map(([given, input]) => allot(given, input));
	assert.ok(drawn.filter(({ granted }) => granted.size > 0).length > 300);
	assert.ok(drawn.filter(({ shortages }) => shortages.length > 0).length > 300);
});
