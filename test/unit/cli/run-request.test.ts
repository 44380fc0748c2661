import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quietened } from '../../../src/cli/run-request.ts';
import type { LabcEvent } from '../../../src/events/event.ts';

type Untimed = Parameters<ReturnType<typeof quietened>>[0];

const step = { id: '1', resource: { kind: 'Image', name: 'x' }, doing: 'Pulling', done: 'Pulled' } as const;
const events: readonly Untimed[] = [
	{ type: 'step.started', step },
	{ type: 'step.progress', step, text: '50%' },
	{ type: 'build.output', service: 'a', text: '#1 FROM' },
	{ type: 'warning', message: 'careful' },
	{ type: 'step.failed', step, message: 'no' },
];

const cases: readonly { when: string; values: Parameters<typeof quietened>[1]; told: readonly LabcEvent['type'][] }[] =
	[
		{
			when: 'nothing is to be hidden',
			values: { quiet: undefined, 'quiet-build': undefined, 'quiet-pull': undefined },
			told: ['step.started', 'step.progress', 'build.output', 'warning', 'step.failed'],
		},
		{
			when: 'builds are to be quiet',
			values: { quiet: undefined, 'quiet-build': true, 'quiet-pull': undefined },
			told: ['step.started', 'step.progress', 'warning', 'step.failed'],
		},
		{
			when: 'pulls are to be quiet',
			values: { quiet: undefined, 'quiet-build': undefined, 'quiet-pull': true },
			told: ['step.started', 'build.output', 'warning', 'step.failed'],
		},
		{
			when: 'all is to be quiet, but what goes wrong',
			values: { quiet: true, 'quiet-build': undefined, 'quiet-pull': undefined },
			told: ['warning', 'step.failed'],
		},
	];

describe('quietened', () => {
	for (const { when, values, told } of cases) {
		test(`when ${when}`, () => {
			const heard: string[] = [];
			const emit = quietened((event) => heard.push(event.type), values);
			for (const event of events) emit(event);
			assert.deepEqual(heard, told);
		});
	}
});
