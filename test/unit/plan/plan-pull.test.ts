import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type PullOptions, planPull } from '../../../src/plan/plan-pull.ts';
import { needs, project, service } from '../../support/plan-cases.ts';

const lab = project({
	services: {
		app: service({ image: 'app:1', depends_on: { db: needs('service_started') } }),
		built: service({ image: 'built:1', build: { context: '/srv' } }),
		daily: service({ image: 'daily:1', pull_policy: 'daily' }),
		db: service({ image: 'db:1', pull_policy: 'missing' }),
		kept: service({ image: 'kept:1', pull_policy: 'never' }),
		made: service({ image: 'made:1', pull_policy: 'build' }),
		twin: service({ image: 'app:1' }),
	},
});
const there = (...references: readonly string[]) => ({
	images: new Map(
		references.map((name) => [name, { id: 'sha256:1', labels: {}, volumes: [], config: {}, lastTagged: undefined }]),
	),
});

const cases: readonly { when: string; options?: Partial<PullOptions>; images?: string[]; pulls: readonly string[] }[] =
	[
		{ when: 'nothing is there', pulls: ['app:1', 'built:1', 'daily:1', 'db:1'] },
		{ when: 'all is there', images: ['app:1', 'db:1', 'daily:1'], pulls: ['app:1', 'built:1', 'daily:1'] },
		{ when: 'what can be built is left', options: { ignoreBuildable: true }, pulls: ['app:1', 'daily:1', 'db:1'] },
		{ when: 'a service is named', options: { services: ['app'], noDeps: true }, pulls: ['app:1'] },
		{ when: 'its dependencies are wanted', options: { services: ['app'], noDeps: false }, pulls: ['app:1', 'db:1'] },
		{
			when: 'only what is missing is wanted',
			options: { policy: 'missing' },
			images: ['app:1', 'kept:1'],
			pulls: ['built:1', 'daily:1', 'db:1', 'made:1'],
		},
		{
			when: 'everything is wanted',
			options: { policy: 'always' },
			images: ['db:1'],
			pulls: ['app:1', 'built:1', 'daily:1', 'db:1', 'kept:1', 'made:1'],
		},
	];

describe('planPull', () => {
	for (const { when, options = {}, images = [], pulls } of cases) {
		test(`pulls ${pulls.join(', ')} when ${when}`, () => {
			const { steps } = planPull(lab, there(...images), { ignoreBuildable: false, noDeps: true, ...options });
			const pulled = steps.flatMap(({ operation }) => (operation.type === 'image.pull' ? [operation.image] : []));
			assert.deepEqual(pulled.sort(), pulls);
		});
	}
});
