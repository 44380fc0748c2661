import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planDown } from '../../../src/plan/plan-down.ts';
import { planStop } from '../../../src/plan/plan-stop.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { container, project, service, state, stateOf } from '../../support/plan-cases.ts';

const hook = { command: ['true'] };
const lab = project({ services: { web: service({ post_start: [hook], pre_stop: [hook] }) } });
const running = container(lab, { service: 'web' });
const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.replace(/:.*/, ''));

describe('hooks', () => {
	test('a stop waits for the hook before it', () => {
		assert.deepEqual(lines(formatPlan(planStop(lab.services, [running], {}))), [
			'1 container.exec lab-web-1 (pre_stop)',
			'2 container.stop lab-web-1 after 1',
		]);
	});

	test('a container that does not run has no hook before its end', () => {
		const paused = container(lab, { service: 'web', state: 'paused' });
		assert.deepEqual(lines(formatPlan(planStop(lab.services, [paused], {}))), ['1 container.stop lab-web-1']);
	});

	test('a down runs them too, also where no time is left to stop in', () => {
		const there = stateOf(lab, { containers: [running] });
		assert.deepEqual(lines(formatPlan(planDown(lab, 'lab', there, { stopTimeoutSeconds: 0 }))).slice(0, 3), [
			'1 container.exec lab-web-1 (pre_stop)',
			'2 container.stop lab-web-1 after 1',
			'3 container.remove lab-web-1 after 2',
		]);
	});

	test('without a file nobody knows of hooks', () => {
		const there = stateOf(lab, { containers: [running] });
		assert.deepEqual(lines(formatPlan(planDown(undefined, 'lab', there))).slice(0, 2), [
			'1 container.stop lab-web-1',
			'2 container.remove lab-web-1 after 1',
		]);
	});

	test('a replaced container ends without its hooks, its replacement starts with them', () => {
		const text = formatPlan(planUp(lab, stateOf(lab, { containers: [running] }), { recreate: 'force' }));
		assert.doesNotMatch(text, /pre_stop/);
		assert.match(text, /container\.exec lab-web-1 \(post_start\)/);
	});

	test('a surplus container ends with them', () => {
		const second = container(lab, { service: 'web', number: 2 });
		const text = formatPlan(planUp(lab, stateOf(lab, { containers: [running, second] })));
		assert.deepEqual(lines(text), [
			'1 container.exec lab-web-2 (pre_stop)',
			'2 container.stop lab-web-2 after 1',
			'3 container.remove lab-web-2 after 2',
		]);
	});

	test('who depends on the service starts after its hooks', () => {
		const chain = project({
			services: {
				db: service({ post_start: [hook] }),
				web: service({ depends_on: { db: { condition: 'service_started', required: true } } }),
			},
		});
		const { steps } = planUp(chain, state());
		const ran = steps.find(({ operation }) => operation.type === 'container.exec');
		const started = steps.find(({ operation }) => operation.type === 'container.start' && operation.service === 'web');
		assert.ok(ran !== undefined && started?.dependsOn.includes(ran.id));
	});
});
