import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quietEmit } from '../../../src/cli/quiet-emit.ts';
import { refuseUnsupported } from '../../../src/cli/refuse-unsupported.ts';
import type { Emit } from '../../../src/events/event.ts';

type Told = Parameters<Emit>[0];

const step = { id: '1', resource: { kind: 'Image', name: 'x' }, doing: 'Pulling', done: 'Pulled' } as const;
const output: Told = { type: 'build.output', service: 'web', text: 'line' };
const progress: Told = { type: 'step.progress', step, text: 'half' };
const warning: Told = { type: 'warning', message: 'careful' };
const failed: Told = { type: 'step.failed', step, message: 'no' };
const done: Told = { type: 'step.done', step };

const cases: readonly { quiet: Parameters<typeof quietEmit>[1]; passed: readonly Told[] }[] = [
	{ quiet: {}, passed: [output, progress, done, warning, failed] },
	{ quiet: { builds: true }, passed: [progress, done, warning, failed] },
	{ quiet: { pulls: true }, passed: [output, done, warning, failed] },
	{ quiet: { builds: true, pulls: true }, passed: [done, warning, failed] },
	{ quiet: { all: true }, passed: [warning, failed] },
];

describe('quietEmit', () => {
	for (const { quiet, passed } of cases) {
		test(`with ${JSON.stringify(quiet)} passes ${passed.map(({ type }) => type).join(', ')}`, () => {
			const told: Told[] = [];
			const emit = quietEmit((event) => told.push(event), quiet);
			for (const event of [output, progress, done, warning, failed]) emit(event);
			assert.deepEqual(told, passed);
		});
	}
});

describe('refuseUnsupported', () => {
	const unsupported = { watch: 'Do it by hand.', list: 'No lists.' };
	for (const values of [{}, { watch: undefined }, { watch: false }, { list: [] }, { other: true }]) {
		test(`lets ${JSON.stringify(values)} pass`, () => refuseUnsupported(values, unsupported));
	}
	for (const values of [{ watch: true }, { watch: 'x' }, { watch: 0 }, { list: ['a'] }]) {
		test(`refuses ${JSON.stringify(values)}`, () => {
			assert.throws(() => refuseUnsupported(values, unsupported), {
				code: 'USAGE_INVALID',
				message: /is not supported yet$/,
			});
		});
	}
});
