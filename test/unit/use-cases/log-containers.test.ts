import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { label } from '../../../src/state/labels.ts';
import { readContainer } from '../../../src/state/observe.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { logSource, selectContainers } from '../../../src/use-cases/log-containers.ts';
import { pickContainer } from '../../../src/use-cases/pick-container.ts';

const container = (name: string, service: string, number?: number, state: ObservedContainer['state'] = 'running') =>
	readContainer({
		id: name,
		name,
		image: '',
		imageId: '',
		command: '',
		created: 0,
		state,
		status: '',
		labels: {
			[label.project]: 'lab',
			[label.service]: service,
			...(number === undefined ? { [label.oneOff]: 'True' } : { [label.number]: String(number) }),
		},
		ports: [],
		networks: new Map(),
		mounts: [],
	});

const all = [
	container('lab-web-10', 'web', 10),
	container('lab-web-run-abc', 'web'),
	container('lab-web-2', 'web', 2),
	container('board', 'tensorboard', 1),
];

const selections: readonly { when: string; services: readonly string[]; index?: number; names: readonly string[] }[] = [
	{ when: 'nothing is named', services: [], names: ['board', 'lab-web-2', 'lab-web-10'] },
	{ when: 'a service is named', services: ['web'], names: ['lab-web-2', 'lab-web-10'] },
	{ when: 'a number is named', services: ['web'], index: 10, names: ['lab-web-10'] },
	{ when: 'the service has no container', services: ['job'], names: [] },
];

describe('selectContainers', () => {
	for (const { when, services, index, names } of selections) {
		test(`gives replicas by service and number when ${when}`, () => {
			const selected = selectContainers(all, { projectName: 'lab', services, index });
			assert.deepEqual(
				selected.map(({ name }) => name),
				names,
			);
		});
	}

	test('refuses a number that is not there', () => {
		assert.throws(() => selectContainers(all, { projectName: 'lab', services: ['web'], index: 3 }), {
			code: 'SERVICE_NOT_RUNNING',
			message: 'service `web` has no container number 3',
		});
	});
});

describe('logSource', () => {
	test('leaves the project out of a usual name, and keeps one that was chosen', () => {
		assert.deepEqual(logSource(container('lab-web-2', 'web', 2)), { name: 'web-2', service: 'web' });
		assert.deepEqual(logSource(container('board', 'tensorboard', 1)), { name: 'board', service: 'tensorboard' });
	});
});

describe('pickContainer', () => {
	test('takes the lowest number that runs', () => {
		const stopped = container('lab-web-1', 'web', 1, 'exited');
		assert.equal(pickContainer([...all, stopped], { service: 'web' }).name, 'lab-web-2');
	});

	test('takes a one-off only where no replica runs', () => {
		assert.equal(pickContainer([container('lab-web-run-abc', 'web')], { service: 'web' }).name, 'lab-web-run-abc');
	});

	test('takes the number that is asked for', () => {
		assert.equal(pickContainer(all, { service: 'web', index: 10 }).name, 'lab-web-10');
	});

	test('refuses a service that does not run, and says how to start it', () => {
		assert.throws(() => pickContainer(all, { service: 'job' }), {
			code: 'SERVICE_NOT_RUNNING',
			message: 'service `job` is not running',
			hint: 'Start it with `labc compose up -d job`.',
		});
	});
});
