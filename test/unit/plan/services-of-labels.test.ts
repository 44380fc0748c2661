import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { servicesOfLabels } from '../../../src/plan/services-of-labels.ts';
import { label } from '../../../src/state/labels.ts';
import { container, project, service } from '../../support/plan-cases.ts';

const stack = project({ services: {} });
const made = (name: string, dependsOn?: string) => {
	const plain = container(stack, { service: name, madeFrom: service() });
	return dependsOn === undefined ? plain : { ...plain, labels: { ...plain.labels, [label.dependsOn]: dependsOn } };
};

const cases = [
	{ when: 'nothing is needed', label: '', depends_on: {} },
	{
		when: 'a condition and no restart stand there',
		label: 'db:service_healthy:false',
		depends_on: { db: { condition: 'service_healthy', required: true } },
	},
	{
		when: 'a restart stands there',
		label: 'db:service_completed_successfully:true',
		depends_on: { db: { condition: 'service_completed_successfully', required: true, restart: true } },
	},
	{
		when: 'an older docker compose wrote no restart: it restarted always',
		label: 'db:service_started',
		depends_on: { db: { condition: 'service_started', required: true, restart: true } },
	},
	{
		when: 'only a name stands there',
		label: 'db',
		depends_on: { db: { condition: 'service_started', required: true, restart: true } },
	},
	{
		when: 'several stand there, one of which has no container',
		label: 'cache:service_started:false,gone:service_started:false,db:service_healthy:false',
		depends_on: {
			cache: { condition: 'service_started', required: true },
			db: { condition: 'service_healthy', required: true },
		},
	},
];

describe('servicesOfLabels', () => {
	for (const { when, label: text, depends_on } of cases) {
		test(`when ${when}`, () => {
			const services = servicesOfLabels([made('web', text), made('db'), made('cache')]);
			assert.deepEqual([...services.keys()], ['cache', 'db', 'web']);
			assert.deepEqual(services.get('web')?.depends_on, depends_on);
		});
	}

	test('one-offs make no service', () => {
		assert.deepEqual([...servicesOfLabels([{ ...made('web'), oneOff: true }, made('db')]).keys()], ['db']);
	});

	test('replicas of different ages are one service with the dependencies of all', () => {
		const old = { ...made('web', 'db:service_started:false'), id: 'x', number: 2 };
		const services = servicesOfLabels([made('web', 'cache:service_started:false'), old, made('db'), made('cache')]);
		assert.deepEqual(Object.keys(services.get('web')?.depends_on ?? {}).sort(), ['cache', 'db']);
	});
});
