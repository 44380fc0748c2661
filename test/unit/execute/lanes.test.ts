import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lanesOf } from '../../../src/execute/lanes.ts';
import type { Operation } from '../../../src/plan/plan.ts';
import { project, service } from '../../support/plan-cases.ts';
import { create, pull, start, step, stop } from './steps.ts';

const web = { name: 'lab-web-1', id: 'w' };
const waiting: Operation = {
	type: 'container.await',
	service: 'web',
	containers: [web],
	condition: 'service_healthy',
	required: true,
};

const port = { mode: 'ingress', target: 80, protocol: 'tcp' } as const;
const lab = project({
	services: {
		web: service(),
		ranged: service({ ports: [{ ...port, published: '8000-8009' }] }),
		fixed: service({ ports: [{ ...port, published: '8000' }, port] }),
	},
});

const cases: readonly { when: string; operation: Operation; parallel?: number; lanes: readonly string[] }[] = [
	{ when: 'containers start', operation: start(web), lanes: ['container.start 8'] },
	{ when: 'containers are made', operation: create(), lanes: ['container.create 8'] },
	{ when: 'images are pulled', operation: pull('busybox'), lanes: ['image.pull 4'] },
	{
		when: 'images are pushed',
		operation: { type: 'image.push', service: 'web', image: 'r/app' },
		parallel: 2,
		lanes: ['all 2', 'image.push 4'],
	},
	{ when: 'containers stop, which costs the engine little and may take long', operation: stop(web), lanes: [] },
	{ when: 'a container is waited for', operation: waiting, lanes: [] },
	{ when: 'a container is waited for under a limit', operation: waiting, parallel: 1, lanes: [] },
	{ when: 'the user sets a limit', operation: stop(web), parallel: 3, lanes: ['all 3'] },
	{
		when: 'a start picks a port out of a range',
		operation: start(web, 'ranged'),
		lanes: ['container.start 8', 'port range 1'],
	},
	{ when: 'its ports are fixed', operation: start(web, 'fixed'), lanes: ['container.start 8'] },
	{
		when: 'one with a range stops',
		operation: { type: 'container.stop', service: 'ranged', container: web },
		lanes: [],
	},
	{ when: 'both limits hold', operation: start(web), parallel: 2, lanes: ['all 2', 'container.start 8'] },
];

describe('lanesOf', () => {
	for (const { when, operation, parallel, lanes } of cases) {
		test(`when ${when}`, () => {
			const found = lanesOf(step(1, [], operation), { parallel, project: lab });
			assert.deepEqual(
				found.map(({ name, limit }) => `${name} ${limit}`),
				lanes,
			);
		});
	}
});
