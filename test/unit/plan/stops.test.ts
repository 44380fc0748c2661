import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerState } from '../../../src/engine/container-api.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { planBuilder } from '../../../src/plan/plan-builder.ts';
import { isActive, stopsOf } from '../../../src/plan/stops.ts';
import { container, project, service } from '../../support/plan-cases.ts';

const lab = project({ services: { web: service() } });
const web = (state: ContainerState = 'running') => container(lab, { service: 'web', state });

describe('stopsOf', () => {
	test('a container is stopped once, for the reason that came first', () => {
		const plan = planBuilder();
		const stops = stopsOf(plan, { timeoutSeconds: undefined, services: lab.services });
		assert.equal(stops.ensure(web(), 'image changed'), 1);
		assert.equal(stops.ensure(web(), 'its network is recreated'), 1);
		assert.equal(stops.of(web()), 1);
		assert.equal(formatPlan(plan.build()), '1 container.stop lab-web-1: image changed');
	});

	for (const state of ['exited', 'created', 'dead'] as const) {
		test(`one that is ${state} needs no stop`, () => {
			const plan = planBuilder();
			const stops = stopsOf(plan, { timeoutSeconds: undefined, services: lab.services });
			assert.equal(stops.ensure(web(state), 'image changed'), undefined);
			assert.equal(stops.of(web(state)), undefined);
			assert.deepEqual(plan.build().steps, []);
		});
	}

	test('what follows a stop takes its place, also for one that needs none', () => {
		const plan = planBuilder();
		const stops = stopsOf(plan, { timeoutSeconds: undefined, services: lab.services });
		stops.ensure(web(), 'image changed');
		stops.extend(web(), 7);
		assert.deepEqual([stops.of(web()), stops.ensure(web(), 'again')], [7, 7]);
		const idle = container(lab, { service: 'web', number: 2, state: 'exited' });
		stops.extend(idle, 8);
		assert.equal(stops.ensure(idle, 'again'), 8);
	});

	test('the time that was asked for and the steps before it are the stop’s', () => {
		const plan = planBuilder();
		plan.add({ type: 'image.pull', service: 'web', image: 'app' }, 'not found');
		stopsOf(plan, { timeoutSeconds: 3, services: undefined }).ensure(web(), 'image changed', [1, undefined]);
		const stop = plan.build().steps[1];
		assert.deepEqual(stop?.dependsOn, [1]);
		assert.ok(stop?.operation.type === 'container.stop');
		assert.equal(stop.operation.timeoutSeconds, 3);
	});
});

describe('isActive', () => {
	const cases: readonly { state: ContainerState; active: boolean }[] = [
		{ state: 'running', active: true },
		{ state: 'paused', active: true },
		{ state: 'restarting', active: true },
		{ state: 'created', active: false },
		{ state: 'exited', active: false },
		{ state: 'dead', active: false },
		{ state: 'removing', active: false },
	];
	for (const { state, active } of cases) {
		test(`a container that is ${state} holds its ports: ${active}`, () => assert.equal(isActive(web(state)), active));
	}
});
