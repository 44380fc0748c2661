import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { type ImageOptions, planImages } from '../../../src/plan/plan-images.ts';
import { image, project, service, state } from '../../support/plan-cases.ts';

const { image: _image, ...unnamed } = service();
const built: Service = { ...unnamed, build: { context: '/web' } };
const both = service({ build: { context: '/web' } });

interface Case {
	readonly when: string;
	readonly service: Service;
	readonly there?: boolean;
	readonly options?: ImageOptions;
	readonly plan: string;
}

const build = (reason: string): string => `1 image.build web: web: ${reason}`;
const pull = (reason: string): string => `1 image.pull app: ${reason}`;

const cases: readonly Case[] = [
	{ when: 'the image is missing', service: service(), plan: pull('not found') },
	{ when: 'the image is there', service: service(), there: true, plan: '' },
	{
		when: 'the file says always',
		service: service({ pull_policy: 'always' }),
		there: true,
		plan: pull('pull policy is always'),
	},
	{ when: 'the file says never', service: service({ pull_policy: 'never' }), plan: '' },
	{
		when: 'the file says if_not_present',
		service: service({ pull_policy: 'if_not_present' }),
		plan: pull('not found'),
	},
	{
		when: 'the command says never, the file always',
		service: service({ pull_policy: 'always' }),
		options: { pull: 'never' },
		plan: '',
	},
	{
		when: 'the command says always',
		service: service(),
		there: true,
		options: { pull: 'always' },
		plan: pull('pull policy is always'),
	},
	{
		when: 'the command leaves it to the file',
		service: service({ pull_policy: 'never' }),
		options: { pull: 'policy' },
		plan: '',
	},
	{ when: 'an image that can be built is missing', service: built, plan: build('image not found') },
	{ when: 'an image that can be built is there', service: built, there: true, plan: '' },
	{
		when: 'a build is asked for',
		service: built,
		there: true,
		options: { build: 'always' },
		plan: build('`--build` was given'),
	},
	{
		when: 'the file asks for a build',
		service: { ...built, pull_policy: 'build' },
		there: true,
		plan: build('pull policy is build'),
	},
	{ when: 'building is forbidden', service: built, options: { build: 'never' }, plan: '' },
	{
		when: 'building is forbidden but the image has a name to pull',
		service: both,
		options: { build: 'never' },
		plan: pull('not found'),
	},
	{ when: 'it could be built or pulled and nobody said which', service: both, plan: build('image not found') },
	{
		when: 'it could be built or pulled and the file asks for pulling',
		service: { ...both, pull_policy: 'missing' },
		plan: pull('not found'),
	},
	{
		when: 'it could be built or pulled and the command asks for pulling',
		service: both,
		there: true,
		options: { pull: 'always' },
		plan: pull('pull policy is always'),
	},
	{
		when: 'pulling always is asked for but there is only a build',
		service: built,
		options: { pull: 'always' },
		plan: build('image not found'),
	},
	{
		when: 'pulling is forbidden and it can be built',
		service: both,
		options: { pull: 'never' },
		plan: build('image not found'),
	},
	{
		when: 'a build is asked for and there is none',
		service: service(),
		there: true,
		options: { build: 'always' },
		plan: '',
	},
];

describe('planImages', () => {
	for (const { when, service: declared, there = false, options = {}, plan } of cases) {
		test(`when ${when}`, () => {
			const images = there ? { app: image(), 'lab-web': image() } : {};
			const planned = planImages(project({ services: { web: declared } }), state({ images }), options);
			assert.equal(formatPlan(planned), plan);
		});
	}

	test('one pull for one image, one build for all', () => {
		const of = project({ services: { a: service(), b: service(), d: built, c: built } });
		assert.equal(
			formatPlan(planImages(of, state({ images: {} }))),
			['1 image.pull app: not found', '2 image.build c, d:', '    c: image not found', '    d: image not found'].join(
				'\n',
			),
		);
	});

	test('only the selected services count', () => {
		const of = project({ services: { a: service(), b: service({ image: 'other' }) } });
		assert.equal(
			formatPlan(planImages(of, state({ images: {} }), { services: ['b'] })),
			'1 image.pull other: not found',
		);
	});

	const lastTagged = '2026-01-10T12:00:00Z';
	const aged = [
		{ policy: 'daily', now: '2026-01-11T11:59:00Z', pulls: false },
		{ policy: 'daily', now: '2026-01-11T12:01:00Z', pulls: true },
		{ policy: 'weekly', now: '2026-01-17T11:59:00Z', pulls: false },
		{ policy: 'weekly', now: '2026-01-17T12:01:00Z', pulls: true },
		{ policy: 'every_2h', now: '2026-01-10T13:59:00Z', pulls: false },
		{ policy: 'every_2h', now: '2026-01-10T14:01:00Z', pulls: true },
	];
	for (const { policy, now, pulls } of aged) {
		test(`an image last pulled on ${lastTagged} is ${pulls ? 'pulled again' : 'kept'} on ${now} by ${policy}`, () => {
			const of = project({ services: { web: service({ pull_policy: policy }) } });
			const planned = planImages(of, state({ images: { app: image({ lastTagged }) } }), { now: Date.parse(now) });
			assert.equal(formatPlan(planned), pulls ? pull(`pull policy is ${policy}, last pulled ${lastTagged}`) : '');
		});
	}

	test('an image that nobody knows the age of is pulled again', () => {
		const of = project({ services: { web: service({ pull_policy: 'daily' }) } });
		assert.equal(formatPlan(planImages(of, state(), { now: 0 })), pull('pull policy is daily, last pulled never'));
	});

	test('an image that is mounted is pulled where it is missing, once', () => {
		const volumes = [{ type: 'image' as const, source: 'models', target: '/models' }];
		const of = project({ services: { a: service({ volumes }), b: service({ volumes, pull_policy: 'never' }) } });
		assert.equal(formatPlan(planImages(of, state())), '1 image.pull models: mounted, not found');
		assert.equal(formatPlan(planImages(of, state({ images: { app: image(), models: image() } }))), '');
	});

	const platforms: readonly {
		readonly when: string;
		readonly web: Service;
		readonly isFor?: string;
		readonly plan: string;
	}[] = [
		{ when: 'it is for the same', web: service({ platform: 'linux/amd64' }), isFor: 'linux/amd64', plan: '' },
		{
			when: 'it is for another one',
			web: service({ platform: 'linux/arm64' }),
			isFor: 'linux/amd64',
			plan: pull('for linux/arm64 not found, only for linux/amd64'),
		},
		{
			when: 'it is for another one and never pulled',
			web: service({ platform: 'linux/arm64', pull_policy: 'never' }),
			isFor: 'linux/amd64',
			plan: '',
		},
		{
			when: 'it is for another one and can be built',
			web: { ...built, image: 'app', platform: 'linux/arm64' },
			isFor: 'linux/amd64',
			plan: build('image for linux/arm64 not found, only for linux/amd64'),
		},
		{ when: 'nobody says what it is for', web: service({ platform: 'linux/arm64' }), plan: '' },
		{ when: 'nobody says what it is to be for', web: service(), isFor: 'linux/amd64', plan: '' },
	];
	for (const { when, web, isFor, plan } of platforms) {
		test(`an image is looked at for its platform when ${when}`, () => {
			const images = { app: image(isFor === undefined ? {} : { platform: isFor }) };
			assert.equal(formatPlan(planImages(project({ services: { web } }), state({ images }))), plan);
		});
	}

	test('a pull is for the platform of the service, or else for the default one', () => {
		const of = project({
			services: { a: service({ image: 'a', platform: 'linux/arm64' }), b: service({ image: 'b' }) },
		});
		const pulls = (of_: typeof of) =>
			planImages(of_, state()).steps.map(({ operation }) =>
				operation.type === 'image.pull' ? operation.platform : '',
			);
		assert.deepEqual(pulls(of), ['linux/arm64', undefined]);
		assert.deepEqual(pulls({ ...of, defaultPlatform: 'linux/riscv64' }), ['linux/arm64', 'linux/riscv64']);
	});

	const refusals = [
		{
			when: 'the command has a policy of the file',
			service: service(),
			options: { pull: 'daily' },
			code: 'USAGE_INVALID',
		},
		{
			when: 'the file has an unknown policy',
			service: service({ pull_policy: 'every_now' }),
			options: {},
			code: 'VALUE_INVALID',
		},
		{
			when: 'the command has an unknown policy',
			service: service(),
			options: { pull: 'maybe' },
			code: 'USAGE_INVALID',
		},
	];
	for (const { when, service: declared, options, code } of refusals) {
		test(`refuses when ${when}`, () => {
			assert.throws(() => planImages(project({ services: { web: declared } }), state(), options), { code });
		});
	}
});
