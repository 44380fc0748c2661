import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Plan } from '../../../src/plan/plan.ts';
import { createColours } from '../../../src/render/colours.ts';
import { displayWidth } from '../../../src/render/display-width.ts';
import { planText } from '../../../src/render/plan-text.ts';

const colours = createColours(false);
const plan: Plan = {
	steps: [
		{
			id: 1,
			operation: { type: 'volume.remove', key: 'data', name: 'lab_data' },
			dependsOn: [],
			reasons: ['asked for'],
			destroysData: true,
		},
		{
			id: 2,
			operation: { type: 'container.stop', service: 'web', container: { name: 'lab-web-1', id: 'a' } },
			dependsOn: [1],
			reasons: ['environment.LR: 0.1 → 0.2', 'image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…'],
		},
	],
	warnings: [],
};
const drift = [
	{
		service: 'web',
		container: 'lab-web-1',
		field: 'mem_limit',
		observed: '1g',
		declared: '512m',
		mendedBy: 'up --drift',
	},
] as const;

const needsConsent = [{ key: 'data', name: 'lab_data', reasons: ['labels.k: 1 → 2'] }] as const;

describe('planText', () => {
	test('never says that all is as declared where a volume needs consent', () => {
		assert.deepEqual(planText({ steps: [], warnings: [], drift: [], needsConsent }, { colours }).split('\n'), [
			'No change without consent',
			'Needs consent, for its data would be lost: `up` asks, and `-y` says yes to:',
			'    recreate volume lab_data: labels.k: 1 → 2',
		]);
	});

	test('names what needs consent after the steps that do not', () => {
		const lines = planText({ ...plan, needsConsent, drift }, { colours, columns: 40 }).split('\n');
		assert.ok(lines.every((line) => displayWidth(line) <= 40));
		assert.match(
			lines.join(' '),
			/1 step destroys data Needs consent, .*says yes to: {5}recreate volume lab_data: {7}labels\.k: 1 → 2 Changed by hand/,
		);
	});

	test('is a line a resource, what it comes to first', () => {
		assert.deepEqual(planText(plan, { colours }).split('\n').slice(0, -1), [
			'stop lab-web-1:',
			'    environment.LR: 0.1 → 0.2',
			'    image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…',
			'remove volume lab_data (destroys data): asked for',
		]);
	});

	test('with `steps` is a line a step, its reasons below it where there are several', () => {
		assert.equal(
			planText(plan, { colours, steps: true }),
			[
				'1 volume.remove lab_data (destroys data): asked for',
				'2 container.stop lab-web-1 after 1:',
				'    environment.LR: 0.1 → 0.2',
				'    image: sha256:aaaaaaaaaaaa… → sha256:bbbbbbbbbbbb…',
				'2 steps: 1 volume removed, 1 container stopped; 1 step destroys data',
			].join('\n'),
		);
	});

	test('puts a reason below its step where the line has no room for it', () => {
		assert.deepEqual(
			planText({ ...plan, steps: plan.steps.slice(0, 1) }, { colours, columns: 45, steps: true }).split('\n'),
			[
				'1 volume.remove lab_data (destroys data):',
				'    asked for',
				'1 step: 1 volume removed; 1 step destroys',
				'data',
			],
		);
	});

	for (const columns of [24, 40, 60, 80, 120]) {
		test(`no line is longer than ${columns} columns but for a word that is`, () => {
			for (const line of [
				...planText({ ...plan, drift }, { colours, columns }).split('\n'),
				...planText(plan, { colours, columns, steps: true }).split('\n'),
			]) {
				const words = line.trim().split(' ');
				assert.ok(displayWidth(line) <= columns || words.length <= 2, line);
			}
		});
	}

	const verbs = [
		{ destroysData: true, type: 'volume.remove', code: 31 },
		{ destroysData: false, type: 'container.stop', code: 33 },
	] as const;
	for (const { destroysData, type, code } of verbs) {
		test(`${type} stands out in colour ${code}`, () => {
			const text = planText(plan, { colours: createColours(true), steps: true });
			assert.ok(text.includes(`\u001b[${code}m${type}\u001b[39m`), `${destroysData} ${JSON.stringify(text)}`);
		});
	}

	test('tells what was changed by hand apart from the steps', () => {
		assert.equal(
			planText({ steps: [], warnings: [], drift }, { colours }),
			[
				'No change: everything that `up` looks at is as declared',
				'Changed by hand, which `up` leaves as it is and `up --drift` mends:',
				'    lab-web-1 mem_limit: 1g → 512m',
			].join('\n'),
		);
	});

	test('no reason can move the cursor', () => {
		const [step] = plan.steps;
		assert.ok(step !== undefined);
		const text = planText({ ...plan, steps: [{ ...step, reasons: ['a\u001b[2Jb\nc'] }] }, { colours });
		assert.ok(text.includes('a\\x1b[2Jb\\nc'), text);
	});
});
