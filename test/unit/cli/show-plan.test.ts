import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandContext } from '../../../src/cli/command.ts';
import { showPlan } from '../../../src/cli/show-plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';

const plan: Plan = {
	steps: [
		{
			id: 1,
			operation: { type: 'volume.remove', key: 'data', name: 'lab_data' },
			dependsOn: [],
			reasons: ['asked for'],
		},
	],
	warnings: [{ severity: 'warning', code: 'ORPHAN_CONTAINERS', message: 'found orphans', hint: 'Remove them.' }],
};
const empty: Plan = { steps: [], warnings: [] };

/** Notes in one list what is printed and told, so that the order shows. */
function context(colour = false) {
	const seen: string[] = [];
	const parts: Partial<CommandContext> = {
		emit: (event) => seen.push(`event ${event.type}`),
		flushProgress: async () => void seen.push('flush'),
		terminal: {
			colour: { out: colour, err: false },
			out: async (text: string) => void seen.push(text),
		} as CommandContext['terminal'],
	};
	return { seen, context: parts as CommandContext };
}

describe('showPlan', () => {
	test('tells warnings beside the plan, and prints its steps with their reasons', async () => {
		const { seen, context: shown } = context();
		await showPlan(plan, shown);
		assert.deepEqual(seen, [
			'event warning',
			'flush',
			'remove volume lab_data: asked for\n1 step: 1 volume removed; no data is destroyed\n',
		]);
	});

	test('in colour the verb stands out and the reason steps back', async () => {
		const { seen, context: shown } = context(true);
		await showPlan({ ...plan, warnings: [] }, shown);
		assert.equal(
			seen.at(-1)?.split('\n')[0],
			'\u001b[33mremove volume\u001b[39m lab_data\u001b[2m: asked for\u001b[22m',
		);
	});

	test('shows the numbered steps where they are asked for', async () => {
		const { seen, context: shown } = context();
		await showPlan({ ...plan, warnings: [] }, shown, { steps: true });
		assert.match(seen.at(-1) ?? '', /^1 volume\.remove lab_data: asked for\n/);
	});

	test('says that nothing is to be done', async () => {
		const { seen, context: shown } = context();
		await showPlan(empty, shown);
		assert.deepEqual(seen, ['flush', 'No change: everything is as declared\n']);
		await showPlan(empty, shown, { nothing: 'Nothing to do' });
		assert.equal(seen.at(-1), 'Nothing to do\n');
	});

	test('as JSON everything is in one value', async () => {
		const { seen, context: shown } = context();
		await showPlan(plan, shown, { format: 'json' });
		assert.equal(seen.length, 1);
		const value: { steps: readonly { operation: string }[]; warnings: readonly { message: string }[] } = JSON.parse(
			seen[0] ?? '',
		);
		assert.deepEqual(
			value.steps.map(({ operation }) => operation),
			['volume.remove'],
		);
		assert.deepEqual(
			value.warnings.map(({ message }) => message),
			['found orphans'],
		);
	});
});
