import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planUp } from '../../../src/plan/plan-up.ts';
import { attachedNames } from '../../../src/use-cases/attached-names.ts';
import { container, image, networkSummary, project, service } from '../../support/plan-cases.ts';

const stack = project({ services: { db: service(), web: service({ environment: { MODE: 'b' } }) } });
const old = service({ environment: { MODE: 'a' } });

const cases: readonly {
	when: string;
	containers: readonly ReturnType<typeof container>[];
	services?: readonly string[];
	names: readonly string[];
}[] = [
	{ when: 'nothing is there yet', containers: [], names: ['db-1', 'web-1'] },
	{ when: 'one is there', containers: [container(stack, { service: 'db' })], names: ['db-1', 'web-1'] },
	{
		when: 'one is replaced, under its final name',
		containers: [container(stack, { service: 'db' }), container(stack, { service: 'web', madeFrom: old })],
		names: ['db-1', 'web-1'],
	},
	{ when: 'some services are shown', containers: [], services: ['web'], names: ['web-1'] },
	{
		when: 'a one-off is there, which is nobody’s to show',
		containers: [container(stack, { service: 'web', oneOff: true, number: undefined, name: 'lab-web-run-1' })],
		names: ['db-1', 'web-1'],
	},
];

describe('attachedNames', () => {
	for (const { when, containers, services = [], names } of cases) {
		test(`when ${when}`, () => {
			const network = networkSummary(stack, 'default');
			const state = {
				containers,
				networks: new Map([[network.name, [network]]]),
				volumes: new Map(),
				images: new Map([['app', image()]]),
			};
			const { steps } = planUp(stack, state, {});
			assert.deepEqual(
				attachedNames(containers, steps, (name) => services.length === 0 || services.includes(name)),
				names,
			);
		});
	}

	test('a container with a name of its own keeps it', () => {
		const named = project({ services: { web: service({ container_name: 'mine' }) } });
		const network = networkSummary(named, 'default');
		const state = {
			containers: [],
			networks: new Map([[network.name, [network]]]),
			volumes: new Map(),
			images: new Map([['app', image()]]),
		};
		assert.deepEqual(
			attachedNames([], planUp(named, state, {}).steps, () => true),
			['mine'],
		);
	});
});
