import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { pickContainer } from '../../../src/use-cases/pick-container.ts';
import { type ContainerParts, container, project, service } from '../../support/plan-cases.ts';

const lab = project({ services: { web: service(), db: service() } });
const web = (given: Partial<ContainerParts>): ObservedContainer => container(lab, { service: 'web', ...given });

const first = web({ name: 'lab-web-1', number: 1 });
const second = web({ name: 'lab-web-2', number: 2 });
const tenth = web({ name: 'lab-web-10', number: 10 });
const oneOff = web({ name: 'lab-web-run-1', oneOff: true });
const database = container(lab, { service: 'db', name: 'lab-db-1' });

describe('the container of a service that a command is for', () => {
	const cases: readonly {
		when: string;
		containers: readonly ObservedContainer[];
		index?: number;
		is: string;
	}[] = [
		{ when: 'there is one', containers: [database, first], is: 'lab-web-1' },
		{
			when: 'there are several: the lowest number, whatever their order',
			containers: [tenth, second],
			is: 'lab-web-2',
		},
		{
			when: 'the first does not run',
			containers: [{ ...first, state: 'exited' }, second],
			is: 'lab-web-2',
		},
		{ when: 'a number is asked for', containers: [first, second, tenth], index: 10, is: 'lab-web-10' },
		{ when: 'a one-off runs too', containers: [oneOff, tenth], is: 'lab-web-10' },
		{ when: 'only a one-off runs', containers: [oneOff], is: 'lab-web-run-1' },
	];
	for (const { when, containers, index, is } of cases) {
		test(`${when}: ${is}`, () => assert.equal(pickContainer(containers, { service: 'web', index }).name, is));
	}

	test('is missing where the service does not run', () =>
		assert.throws(() => pickContainer([database, { ...first, state: 'exited' }], { service: 'web' }), {
			code: 'SERVICE_NOT_RUNNING',
			message: 'service `web` is not running',
			hint: 'Start it with `labc compose up -d web`.',
		}));

	test('is missing where no container has the number', () =>
		assert.throws(() => pickContainer([first, second], { service: 'web', index: 3 }), {
			code: 'SERVICE_NOT_RUNNING',
			message: 'service `web` has no running container number 3',
		}));
});
