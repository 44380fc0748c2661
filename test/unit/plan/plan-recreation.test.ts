import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatStep } from '../../../src/plan/format-plan.ts';
import type { Plan, Rollback } from '../../../src/plan/plan.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import type { ObservedContainer, ObservedState } from '../../../src/state/observed-state.ts';
import { container, idOf, needs, project, service, stateOf } from '../../support/plan-cases.ts';
import { simulateCutOff, simulateFailure, simulatePlan } from '../../support/simulate-plan.ts';

const lab = project({ services: { web: service() } });
const changed = service({ environment: { LR: '0.2' } });
const short = idOf('lab-web-1').slice(0, 12);
const old = (more: Partial<ObservedContainer> = {}): ObservedContainer =>
	container(lab, { service: 'web', madeFrom: changed, ...more });

const planned = (containers: readonly ObservedContainer[], options = {}): Plan =>
	planUp(lab, stateOf(lab, { containers }), options);

const told = ({ guards, steps }: Rollback): readonly string[] => [
	`guards ${guards.join(', ')}`,
	...steps.map(({ undoes, operation }) =>
		`undoes ${undoes}: ${formatStep({ id: 0, operation, dependsOn: [], reasons: [] })}`.replace(/^(.*)$/, '$1'),
	),
];

describe('what a cut-off replacement left', () => {
	test('is gone before another one is made under its temporary name', () => {
		const name = `${short}_lab-web-1`;
		const madeFrom = service({ environment: { LR: '0.3' } });
		const { steps } = planned([old(), container(lab, { service: 'web', name, state: 'created', madeFrom })]);
		const [removal] = steps.filter(({ operation }) => operation.type === 'container.remove');
		const creation = steps.find(({ operation }) => operation.type === 'container.create');
		assert.ok(creation?.operation.type === 'container.create' && creation.operation.spec.name === name);
		assert.ok(removal !== undefined && formatStep(removal).startsWith(`container.remove ${name}`));
		assert.ok(creation.dependsOn.includes(removal.id));
	});
});

describe('the way back of a replacement', () => {
	const cases = [
		{
			when: 'the old container runs',
			containers: [old()],
			rollback: [
				'guards 2, 3, 4, 5',
				`undoes 1: container.remove ${short}_lab-web-1`,
				`undoes 3: container.rename ${short}_lab-web-1_replaced to lab-web-1`,
				'undoes 2: container.start lab-web-1',
			],
		},
		{
			when: 'the old container does not run',
			containers: [old({ state: 'exited', exitCode: 1 })],
			rollback: [
				'guards 2, 3, 4',
				`undoes 1: container.remove ${short}_lab-web-1`,
				`undoes 2: container.rename ${short}_lab-web-1_replaced to lab-web-1`,
			],
		},
		{
			when: 'the old container does not run, and an earlier run that began to replace it may have stopped it',
			containers: [
				old({ state: 'exited', exitCode: 0 }),
				container(lab, {
					service: 'web',
					name: `${short}_lab-web-1`,
					state: 'created',
					madeFrom: service({ environment: { LR: '0.3' } }),
				}),
			],
			rollback: [
				'guards 2, 3, 4, 5',
				`undoes 2: container.remove ${short}_lab-web-1`,
				`undoes 3: container.rename ${short}_lab-web-1_replaced to lab-web-1`,
				'undoes undefined: container.start lab-web-1',
			],
		},
		{
			when: 'nothing is started',
			containers: [old()],
			options: { start: false },
			rollback: [
				'guards 2, 3, 4',
				`undoes 1: container.remove ${short}_lab-web-1`,
				`undoes 3: container.rename ${short}_lab-web-1_replaced to lab-web-1`,
				'undoes 2: container.start lab-web-1',
			],
		},
		{
			when: 'somebody renamed the old container: it is not in the way',
			containers: [old({ name: 'mine' })],
			rollback: [
				'guards 2, 3, 4',
				`undoes 1: container.remove ${idOf('lab-web-1').slice(0, 0)}${idOf('mine').slice(0, 12)}_lab-web-1`,
				'undoes 2: container.start mine',
			],
		},
	];
	for (const { when, containers, options, rollback } of cases) {
		test(`when ${when}`, () => {
			const { rollbacks = [] } = planned(containers, options);
			assert.deepEqual(rollbacks.map(told), [rollback]);
		});
	}

	test('what was stopped for it runs again too', () => {
		const pair = project({
			services: { db: service(), web: service({ depends_on: { db: needs('service_started', { restart: true }) } }) },
		});
		const containers = [
			container(pair, { service: 'db', madeFrom: changed }),
			container(pair, { service: 'web', madeFrom: pair.services.get('web') ?? service() }),
		];
		const { rollbacks = [] } = planUp(pair, stateOf(pair, { containers }));
		assert.equal(rollbacks.length, 1);
		assert.equal(told(rollbacks[0] as Rollback).at(-1), 'undoes 2: container.start lab-web-1');
	});

	test('leads onto the new network where the old one goes too', () => {
		const networks = [
			{
				id: idOf('lab_default'),
				name: 'lab_default',
				labels: { ...stateOf(lab).networks.get('lab_default')?.[0]?.labels },
			},
		].map((one) => ({ ...one, labels: { ...one.labels, 'com.docker.compose.config-hash': 'another' } }));
		const plan = planUp(lab, stateOf(lab, { containers: [old()], networks }));
		const made = plan.steps.find(({ operation }) => operation.type === 'network.create');
		assert.deepEqual(
			plan.rollbacks?.map((one) => told(one).slice(-2)),
			[[`undoes ${made?.id}: network.connect default lab-web-1`, `undoes ${made?.id}: container.start lab-web-1`]],
		);
	});

	test('there is none where nothing is replaced', () => {
		assert.equal(planned([container(lab, { service: 'web' })]).rollbacks, undefined);
	});
});

const namesIn = ({ containers }: ObservedState): readonly string[] =>
	containers.map(({ service: of, name }) => `${of} ${name}`).sort();

describe('container names that go from one service to another', () => {
	const named = ([a, b]: readonly [string, string]) =>
		project({ services: { a: service({ container_name: a }), b: service({ container_name: b }) } });
	const cases = [
		{ when: 'handed on by who is planned first', was: ['one', 'two'], now: ['three', 'one'] },
		{ when: 'handed on by who is planned last', was: ['one', 'two'], now: ['two', 'three'] },
		{ when: 'swapped', was: ['one', 'two'], now: ['two', 'one'] },
	] as const;
	for (const { when, was, now } of cases) {
		test(`${when}: every name is free before it is taken, in any order`, () => {
			const before = named(was);
			const after = named(now);
			const found = stateOf(before);
			const plan = planUp(after, found);
			for (const order of ['as listed', 'latest', [3, 1, 2, 5, 0]] as const) {
				const { containers } = simulatePlan(found, plan, order);
				assert.deepEqual(containers.map((one) => `${one.service} ${one.name} ${one.state}`).sort(), [
					`a ${now[0]} running`,
					`b ${now[1]} running`,
				]);
				assert.ok(containers.every(({ id }) => found.containers.every((old) => old.id !== id)));
			}
		});

		test(`${when}: a plain up goes on from any step`, () => {
			const after = named(now);
			const found = stateOf(named(was));
			const plan = planUp(after, found);
			for (const { id: end } of plan.steps) {
				const left = simulateCutOff(found, plan, { end });
				const { containers } = simulatePlan(left, planUp(after, left));
				assert.deepEqual(containers.map(({ name }) => name).sort(), [...now].sort(), `cut off at ${end}`);
			}
		});
	}

	const held = { container_name: 'one' };
	const taken = project({ services: { a: service(), b: service(held) } });
	const holders = [
		{ when: 'too many', given: { scale: 0 }, options: {}, left: ['b one'] },
		{ when: 'out of date', given: {}, options: {}, left: ['a lab-a-1', 'b one'] },
		{ when: 'dead', given: {}, options: {}, was: { state: 'dead' }, left: ['a lab-a-1', 'b one'] },
		{ when: 'kept', given: {}, options: { recreate: 'never' }, left: ['a lab-a-1', 'b one'] },
	] as const;
	for (const { when, given, options, left, ...more } of holders) {
		const was = 'was' in more ? more.was : {};
		const found = stateOf(taken, {
			containers: [container(taken, { service: 'a', madeFrom: service(held), name: 'one', ...was })],
		});
		const [a, b] = [service(given), service(held)];
		for (const services of [
			{ a, b },
			{ b, a },
		]) {
			const after = project({ services });
			const isFirst = Object.keys(services)[0] === 'a' ? 'first' : 'last';
			const plan = planUp(after, found, options);

			test(`a name that one which is ${when} holds, planned ${isFirst}, is free before it is taken`, () => {
				for (const order of ['as listed', 'latest', [3, 1, 2, 5, 0]] as const)
					assert.deepEqual(namesIn(simulatePlan(found, plan, order)), left);
			});

			test(`a name that one which is ${when} holds, planned ${isFirst}, is handed on from any step`, () => {
				for (const { id: end } of plan.steps) {
					const cut = simulateCutOff(found, plan, { end });
					assert.deepEqual(namesIn(simulatePlan(cut, planUp(after, cut))), left, `cut off at ${end}`);
				}
			});
		}
	}

	test('a container whose name has gone to another one comes back under the one that it is to have', () => {
		const after = named(['two', 'one']);
		const found = stateOf(named(['one', 'gone']), {
			containers: [container(named(['one', 'gone']), { service: 'a' })],
		});
		const plan = planUp(after, found);
		const failing = plan.steps.find(({ operation }) => operation.type === 'container.create')?.id ?? 0;
		const { containers } = simulateFailure(found, plan, { failing });
		assert.deepEqual(containers.map((one) => `${one.service} ${one.name} ${one.state}`).sort(), [
			'a two running',
			'b one running',
		]);
	});

	test('a service that is new gets the name that another one gives up', () => {
		const found = stateOf(project({ services: { a: service({ container_name: 'one' }) } }));
		const after = named(['two', 'one']);
		const { containers } = simulatePlan(found, planUp(after, found), 'latest');
		assert.deepEqual(containers.map(({ service: of, name }) => `${of} ${name}`).sort(), ['a two', 'b one']);
	});
});
