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

describe('a stop and its hooks', () => {
	const hook = { command: ['true'] };
	const hooked = project({ services: { web: service({ pre_stop: [hook, hook] }) } });
	const planned = (
		change: (stops: ReturnType<typeof stopsOf>) => void,
		services: typeof hooked.services | undefined = hooked.services,
	) => {
		const plan = planBuilder();
		change(stopsOf(plan, { timeoutSeconds: undefined, services }));
		return formatPlan(plan.build())
			.split('\n')
			.map((line) => line.replace(/:.*/, ''));
	};

	test('the hooks come one after the other, then the stop', () => {
		assert.deepEqual(
			planned((stops) => stops.ensure(web(), 'surplus')),
			[
				'1 container.exec lab-web-1 (pre_stop)',
				'2 container.exec lab-web-1 (pre_stop) after 1',
				'3 container.stop lab-web-1 after 2',
			],
		);
	});

	test('they run once, whoever asks for the stop', () => {
		const lines = planned((stops) => {
			stops.ensure(web(), 'surplus');
			stops.replace(web(), 'replaced', []);
		});
		assert.equal(lines.length, 3);
	});

	test('a replaced container is stopped without them', () => {
		assert.deepEqual(
			planned((stops) => stops.replace(web(), 'replaced', [])),
			['1 container.stop lab-web-1'],
		);
	});

	test('a one-off, a paused container and one without a file have none', () => {
		const oneOff = container(lab, { service: 'web', oneOff: true });
		for (const one of [oneOff, web('paused')]) assert.equal(planned((stops) => stops.ensure(one, 'orphan')).length, 1);
		assert.equal(planned((stops) => stops.ensure(web(), 'down'), new Map()).length, 1);
	});

	test('a provider is asked to stop', () => {
		assert.deepEqual(
			planned((stops) => stops.provider('db', { type: 'cloud' }, [])),
			['1 provider.run db (stop)'],
		);
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
