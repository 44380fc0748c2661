import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Plan } from '../../../src/plan/plan.ts';
import { planBuilder } from '../../../src/plan/plan-builder.ts';
import { applyPlan } from '../../../src/use-cases/apply-plan.ts';
import { type BenchOptions, bench } from '../../support/run-tools.ts';

const warning = { severity: 'warning', code: 'RESOURCE_FOREIGN', message: 'look here' } as const;

function planOf(...volumes: readonly string[]): Plan {
	const plan = planBuilder();
	plan.warn(warning);
	for (const name of volumes) plan.add({ type: 'volume.create', key: name, volume: { name }, labels: {} }, 'not found');
	return plan.build();
}

const options = { projectName: 'lab', project: undefined };

interface Case {
	readonly when: string;
	readonly bench: BenchOptions;
	readonly plan: Plan;
	readonly nothingToDo?: { readonly message: string };
	readonly writes: readonly string[];
	readonly lines: readonly string[];
	readonly shown: number;
}

const cases: readonly Case[] = [
	{
		when: 'there are steps',
		bench: {},
		plan: planOf('a', 'b'),
		writes: ['createVolume', 'createVolume'],
		lines: [
			'warning look here',
			'Volume a Creating',
			'Volume b Creating',
			'Volume a Created',
			'Volume b Created',
			'done 2 changed 0 failed',
		],
		shown: 0,
	},
	{ when: 'there is no step', bench: {}, plan: planOf(), writes: [], lines: ['warning look here'], shown: 0 },
	{
		when: 'there is no step and that is worth a word',
		bench: {},
		plan: planOf(),
		nothingToDo: { message: 'nothing to start' },
		writes: [],
		lines: ['warning look here', 'warning nothing to start'],
		shown: 0,
	},
	{ when: 'it is a dry run', bench: { dryRun: true }, plan: planOf('a'), writes: [], lines: [], shown: 1 },
	{
		when: 'it is a dry run without a step, which the plan itself says',
		bench: { dryRun: true },
		plan: planOf(),
		nothingToDo: { message: 'nothing to start' },
		writes: [],
		lines: [],
		shown: 1,
	},
];

describe('applyPlan', () => {
	for (const { when, plan, writes, lines, shown, nothingToDo, ...given } of cases) {
		test(`when ${when}`, async () => {
			const tools = bench(given.bench);
			await applyPlan(() => plan, tools, { ...options, ...(nothingToDo !== undefined && { nothingToDo }) });
			assert.deepEqual([...tools.takeWrites()].sort(), [...writes]);
			assert.deepEqual([...tools.lines()].sort(), [...lines].sort());
			assert.deepEqual(tools.shown, shown === 0 ? [] : [plan]);
		});
	}

	test('a failed step ends it with its error and the command that goes on', async () => {
		const tools = bench();
		const engine = {
			...tools.engine,
			async createVolume() {
				throw new Error('no room');
			},
		};
		await assert.rejects(
			applyPlan(async () => planOf('a', 'b'), { ...tools, engine }, options),
			/no room/,
		);
		assert.ok(tools.lines().some((line) => line.includes('0 of 2 steps are done')));
	});

	test('the lock is taken for steps, and what was seen before it is seen again', async () => {
		const tools = bench();
		let made = 0;
		await applyPlan(() => planOf(...['a', 'b'].slice(made++)), tools, options);
		assert.deepEqual(tools.locks, ['lab']);
		assert.deepEqual([...tools.engine.world.volumes.keys()], ['b']);
	});

	test('what changes nothing of the project takes no lock and is planned once', async () => {
		const tools = bench();
		let made = 0;
		await applyPlan(() => planOf(...['a', 'b'].slice(made++)), tools, { ...options, locks: false });
		assert.deepEqual([tools.locks, made], [[], 1]);
		assert.deepEqual([...tools.engine.world.volumes.keys()], ['a', 'b']);
	});

	test('nothing to do and a dry run need no lock', async () => {
		for (const given of [bench(), bench({ dryRun: true })]) {
			await applyPlan(() => planOf(...(given.show === undefined ? [] : ['a'])), given, options);
			assert.deepEqual(given.locks, []);
		}
	});
});
