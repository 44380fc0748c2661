import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { Emit } from '../../../src/events/event.ts';
import type { WalkResult } from '../../../src/execute/walk-steps.ts';
import type { Operation, Step } from '../../../src/plan/plan.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { endRun, type RunEnd } from '../../../src/use-cases/end-run.ts';
import { container, project, service } from '../../support/plan-cases.ts';
import { spec } from '../execute/steps.ts';

const start = (id: number): Step => ({
	id,
	operation: { type: 'container.start', service: 'web', container: { name: `lab-web-${id}`, id: `c${id}` } },
	dependsOn: [],
	reasons: [],
});
const waiting: Operation = {
	type: 'container.await',
	service: 'web',
	containers: [{ name: 'lab-web-1', id: 'c1' }],
	condition: 'service_healthy',
	required: true,
};
const creation: Extract<Operation, { type: 'container.create' }> = {
	type: 'container.create',
	service: 'web',
	spec: spec(),
};
const refused = new LabcError('ENGINE_REFUSED', 'no');

function end(result: Partial<WalkResult>, over: Partial<RunEnd> = {}) {
	const told: Parameters<Emit>[0][] = [];
	let thrown: unknown;
	try {
		endRun(
			{ done: [], failed: [], returned: [], skipped: [], unfinished: [], interrupted: false, ...result },
			{ emit: (event) => told.push(event), command: 'labc compose up', ...over },
		);
	} catch (error) {
		thrown = error;
	}
	return { told, thrown };
}

describe('endRun', () => {
	test('a run that did all counts what it changed; waiting changes nothing', () => {
		const { told, thrown } = end({ done: [start(1), { ...start(2), operation: waiting }] }, { changedBefore: 3 });
		assert.deepEqual(told, [{ type: 'run.done', changed: 4, failed: 0, interrupted: false }]);
		assert.equal(thrown, undefined);
	});

	test('one that failed says what is not done and how to go on', () => {
		const { told, thrown } = end({
			done: [start(1)],
			failed: [{ step: start(2), error: refused }],
			skipped: [start(3)],
		});
		assert.equal(thrown, refused);
		assert.deepEqual(told, [
			{ type: 'run.done', changed: 1, failed: 1, interrupted: false },
			{
				type: 'warning',
				message: [
					'1 of 3 steps is done',
					'up: lab-web-1',
					'failed: start container lab-web-2',
					'skipped because of that: start container lab-web-3',
				].join('\n'),
				hint: 'Run `labc compose up` again to go on from here, once the cause is mended.',
			},
		]);
	});

	test('one that goes on by itself asks for no command', () => {
		const { told } = end({ done: [start(1)], failed: [{ step: start(2), error: refused }] }, { command: undefined });
		const message = '1 of 2 steps is done\nup: lab-web-1\nfailed: start container lab-web-2';
		assert.deepEqual(told.at(-1), { type: 'warning', message });
	});

	test('a single step that failed needs no list', () => {
		const { told } = end({ failed: [{ step: start(1), error: refused }] });
		assert.deepEqual(
			told.map(({ type }) => type),
			['run.done'],
		);
	});

	describe('of what ran before', () => {
		const lab = project({ services: { web: service() } });
		const observed = (name: string, over: Partial<ObservedContainer> = {}): ObservedContainer => ({
			...container(lab, { service: 'web', state: 'running' }),
			name,
			id: `id-${name}`,
			...over,
		});
		const touch = (type: 'container.stop' | 'container.remove', name: string): Step => ({
			...start(1),
			operation:
				type === 'container.stop'
					? { type, service: 'web', container: { name, id: `id-${name}` } }
					: { type, service: 'web', container: { name, id: `id-${name}` }, volumes: false, force: false },
		});
		const failed = [{ step: start(2), error: refused }];
		const cases = [
			{ when: 'it was left alone', before: [observed('lab-a-1')], up: 'lab-a-1' },
			{ when: 'they were', before: [observed('lab-a-10'), observed('lab-a-9')], up: 'lab-a-9, lab-a-10' },
			{ when: 'it did not run', before: [observed('lab-a-1', { state: 'exited' })], up: undefined },
			{ when: 'it is a one-off', before: [observed('lab-a-1', { oneOff: true })], up: undefined },
			{ when: 'the file names it no more', before: [observed('lab-a-1', { service: 'old' })], up: undefined },
			{ when: 'its start failed', before: [observed('lab-web-2')], up: undefined },
			{
				when: 'it was stopped',
				before: [observed('lab-a-1')],
				done: [touch('container.stop', 'lab-a-1')],
				up: undefined,
			},
			{
				when: 'it was to be removed and that was skipped',
				before: [observed('lab-a-1')],
				skipped: [touch('container.remove', 'lab-a-1')],
				up: 'lab-a-1',
			},
		] as const;
		for (const { when, before, up, ...result } of cases) {
			test(`${up === undefined ? 'nothing' : up} is said to be up when ${when}`, () => {
				const { told } = end({ failed, ...result }, { before, project: lab });
				const message = told.map((event) => (event.type === 'warning' ? event.message : '')).join('');
				assert.equal(/^up: (.*)$/m.exec(message)?.[1], up, message);
			});
		}
	});

	test('an interrupted one has no cause to mend', () => {
		const { told, thrown } = end({ done: [start(1)], unfinished: [start(2)], interrupted: true });
		assert.ok(thrown instanceof LabcError && thrown.code === 'INTERRUPTED');
		assert.deepEqual(told[0], { type: 'run.done', changed: 1, failed: 0, interrupted: true });
		const warning = told.find((event) => event.type === 'warning');
		assert.equal(warning?.hint, 'Run `labc compose up` again to go on from here.');
	});

	test('one whose last steps came to their end all the same was interrupted, and has nothing left to list', () => {
		const { told, thrown } = end({ done: [start(1), start(2)], interrupted: true });
		assert.ok(thrown instanceof LabcError && thrown.code === 'INTERRUPTED');
		assert.deepEqual(told, [{ type: 'run.done', changed: 2, failed: 0, interrupted: true }]);
	});

	test('one that failed and was interrupted throws its failure', () => {
		const { thrown } = end({ failed: [{ step: start(1), error: refused }], interrupted: true });
		assert.equal(thrown, refused);
	});

	test('a long list is cut', () => {
		const { told } = end({ failed: [{ step: start(1), error: refused }], skipped: [2, 3, 4, 5, 6, 7, 8].map(start) });
		const warning = told.find((event) => event.type === 'warning');
		assert.match(warning?.message ?? '', /start container lab-web-7 and 1 more$/);
	});

	test('steps are named in the order of the plan', () => {
		const { told } = end({ failed: [{ step: start(3), error: refused }], skipped: [start(2), start(1)] });
		const warning = told.find((event) => event.type === 'warning');
		assert.match(warning?.message ?? '', /lab-web-1, start container lab-web-2$/);
	});

	test('a container whose wait failed is not said to be up', () => {
		const { told } = end({
			done: [start(1), start(2)],
			failed: [{ step: { ...start(3), operation: waiting }, error: refused }],
		});
		const warning = told.find((event) => event.type === 'warning');
		assert.equal(warning?.message, '2 of 3 steps are done\nup: lab-web-2\nfailed: wait for container lab-web-1');
	});

	describe('what the run stopped', () => {
		const old = { name: 'lab-web-1', id: 'c1' };
		const step = (id: number, operation: Operation): Step => ({ id, operation, dependsOn: [], reasons: [] });
		const stop = step(2, { type: 'container.stop', service: 'web', container: old });
		const create = step(3, { ...creation, replaces: 'c1' });
		const fresh = { name: 'lab-web-1', createdBy: 3 };
		const madeBefore = { name: 'lab-web-1', id: 'c2' };
		const resumed = step(5, { type: 'container.start', service: 'web', container: madeBefore });
		const begin = step(4, { type: 'container.start', service: 'web', container: fresh });
		const cases: readonly { readonly when: string; readonly result: Partial<WalkResult>; readonly isDown: boolean }[] =
			[
				{
					when: 'its replacement was not started',
					result: { done: [stop, create], unfinished: [begin] },
					isDown: true,
				},
				{
					when: 'its replacement failed and nothing came back',
					result: { done: [stop, create], failed: [{ step: begin, error: refused }] },
					isDown: true,
				},
				{
					when: 'it could not be brought back',
					result: { done: [stop, create], skipped: [begin], failed: [{ step: start(1), error: refused }] },
					isDown: true,
				},
				{ when: 'it was to start again itself', result: { done: [stop], unfinished: [start(1)] }, isDown: true },
				{
					when: 'it was brought back',
					result: { done: [stop, create], failed: [{ step: begin, error: refused }], returned: [start(1)] },
					isDown: false,
				},
				{
					when: 'its replacement runs',
					result: { done: [stop, create, begin], unfinished: [start(5)] },
					isDown: false,
				},
				{
					when: 'a replacement that an earlier run made is not started',
					result: { done: [stop], unfinished: [resumed] },
					isDown: true,
				},
				{ when: 'nothing was to start', result: { done: [stop], unfinished: [step(5, waiting)] }, isDown: false },
				{ when: 'it was not stopped', result: { done: [create], unfinished: [stop, begin] }, isDown: false },
			];
		for (const { when, result, isDown } of cases) {
			test(`is ${isDown ? '' : 'not '}said to be down when ${when}`, () => {
				const warning = end(result).told.find((event) => event.type === 'warning');
				assert.equal(/^down: lab-web-1$/m.test(warning?.message ?? ''), isDown, warning?.message);
			});
		}
	});

	test('what was brought back is said', () => {
		const { told } = end({ done: [start(1)], failed: [{ step: start(2), error: refused }], returned: [start(9)] });
		const warning = told.find((event) => event.type === 'warning');
		assert.match(warning?.message ?? '', /\nbrought back: lab-web-9$/);
	});
});
