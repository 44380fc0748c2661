import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isRemoteContext, planBake } from '../../../src/build/bake-plan.ts';
import type { BuildTarget } from '../../../src/build/builder.ts';
import type { Build } from '../../../src/model/build.ts';

const target = (service: string, build: Partial<Build> = {}, more: Partial<BuildTarget> = {}): BuildTarget => ({
	service,
	build: { context: '/src', dockerfile: 'Dockerfile', ...build },
	image: `lab-${service}`,
	labels: {},
	secrets: new Map([
		['ca', { name: 'lab_ca', file: '/etc/ssl/ca.crt' }],
		['token', { name: 'lab_token', environment: 'TOKEN' }],
	]),
	...more,
});

type Definition = { readonly target: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

const definitionOf = (one: BuildTarget, options = {}): Readonly<Record<string, unknown>> =>
	Object.values((planBake([one], options).definition as Definition).target)[0] ?? {};

const cases: readonly {
	readonly when: string;
	readonly one: BuildTarget;
	readonly options?: object;
	readonly field: string;
	readonly is: unknown;
}[] = [
	{
		when: 'further contexts are named',
		one: target('a', { additional_contexts: { r: '/rel', i: 'docker-image://x' } }),
		field: 'contexts',
		is: { r: '/rel', i: 'docker-image://x' },
	},
	{
		when: 'a context is the image of another service',
		one: target('a', { additional_contexts: { b: 'service:db.x', c: '/c' } }),
		field: 'contexts',
		is: { b: 'target:db.x', c: '/c' },
	},
	{
		when: 'agents and keys are lent',
		one: target('a', { ssh: ['default', 'k=/key'] }),
		field: 'ssh',
		is: ['default=', 'k=/key'],
	},
	{
		when: 'a build may do more than others',
		one: target('a', { entitlements: ['network.host', 'security.insecure'], privileged: true }),
		field: 'entitlements',
		is: ['network.host', 'security.insecure'],
	},
	{
		when: 'a build is privileged',
		one: target('a', { privileged: true }),
		field: 'entitlements',
		is: ['security.insecure'],
	},
	{
		when: 'limits are set',
		one: target('a', { ulimits: { nofile: 5, nproc: { soft: 1, hard: 2 }, core: {} } }),
		field: 'ulimits',
		is: ['nofile=5', 'nproc=1:2', 'core=0:0'],
	},
	{
		when: 'records are wanted',
		one: target('a', { provenance: 'mode=max', sbom: 'true' }),
		field: 'attest',
		is: ['type=provenance,mode=max', 'type=sbom'],
	},
	{
		when: 'records are not wanted',
		one: target('a', { provenance: 'false', sbom: 'false' }),
		field: 'attest',
		is: undefined,
	},
	{
		when: 'a context is local',
		one: target('a', { dockerfile: 'docker/Dockerfile' }),
		field: 'dockerfile',
		is: '/src/docker/Dockerfile',
	},
	{
		when: 'a Dockerfile is absolute',
		one: target('a', { dockerfile: '/d/Dockerfile' }),
		field: 'dockerfile',
		is: '/d/Dockerfile',
	},
	{
		when: 'a context is remote',
		one: target('a', { context: 'https://h/r.git' }),
		field: 'dockerfile',
		is: 'Dockerfile',
	},
	{
		when: 'the Dockerfile is inline',
		one: target('a', { dockerfile_inline: 'FROM x' }),
		field: 'dockerfile',
		is: undefined,
	},
	{
		when: 'an inline Dockerfile has variables',
		one: target('a', { dockerfile_inline: 'RUN echo ${A} %{b}' }),
		field: 'dockerfile-inline',
		is: 'RUN echo $${A} %%{b}',
	},
	{
		when: 'an argument looks like a template',
		one: target('a', { args: { A: '${x}', B: '$x' } }),
		field: 'args',
		is: { A: '$${x}', B: '$x' },
	},
	{ when: 'an argument has no value', one: target('a', { args: { A: null } }), field: 'args', is: undefined },
	{
		when: 'the caller gives arguments',
		one: target('a', { args: { A: '1', B: '2' } }),
		options: { args: { A: '9' } },
		field: 'args',
		is: { A: '9', B: '2' },
	},
	{
		when: 'labels come from both sides',
		one: target('a', { labels: { l: '1' } }, { labels: { p: 'lab' } }),
		field: 'labels',
		is: { l: '1', p: 'lab' },
	},
	{ when: 'there are more tags', one: target('a', { tags: ['x:1'] }), field: 'tags', is: ['x:1', 'lab-a'] },
	{
		when: 'secrets are named',
		one: target('a', { secrets: [{ source: 'ca' }, { source: 'token', target: 't' }] }),
		field: 'secret',
		is: ['id=ca,type=file,src=/etc/ssl/ca.crt', 'id=t,type=env,env=LABC_BUILD_SECRET_1'],
	},
	{
		when: 'a platform comes from the service',
		one: target('a', {}, { platform: 'linux/arm64' }),
		field: 'platforms',
		is: ['linux/arm64'],
	},
	{
		when: 'hosts are added',
		one: target('a', { extra_hosts: ['h=1.2.3.4'] }),
		field: 'extra-hosts',
		is: { h: '1.2.3.4' },
	},
	{ when: 'the caller wants no cache', one: target('a'), options: { noCache: true }, field: 'no-cache', is: true },
	{ when: 'the caller wants newer bases', one: target('a'), options: { pull: true }, field: 'pull', is: true },
	{ when: 'nothing is said of the cache', one: target('a'), field: 'no-cache', is: undefined },
	{
		when: 'an image is to be pushed that has no name of its own',
		one: target('a'),
		options: { push: true },
		field: 'output',
		is: ['type=docker'],
	},
	{
		when: 'an image is to be pushed',
		one: target('a', {}, { isNamed: true }),
		options: { push: true },
		field: 'output',
		is: ['type=registry'],
	},
	{
		when: 'what is built for several is run on one',
		one: target('a', { platforms: ['linux/amd64', 'linux/arm64'] }, { platform: 'linux/arm64' }),
		field: 'platforms',
		is: ['linux/arm64'],
	},
	{
		when: 'what is built for several is run on whatever there is',
		one: target('a', { platforms: ['linux/amd64', 'linux/arm64'] }),
		field: 'platforms',
		is: undefined,
	},
	{
		when: 'what is run is built for one only',
		one: target('a', { platforms: ['linux/arm64'] }),
		field: 'platforms',
		is: ['linux/arm64'],
	},
	{
		when: 'all are wanted',
		one: target('a', { platforms: ['linux/amd64', 'linux/arm64'] }, { platform: 'linux/arm64' }),
		options: { allPlatforms: true },
		field: 'platforms',
		is: ['linux/amd64', 'linux/arm64'],
	},
	{
		when: 'an image of several platforms is to be pushed',
		one: target('a', { platforms: ['linux/amd64', 'linux/arm64'] }, { isNamed: true }),
		options: { push: true, allPlatforms: true },
		field: 'output',
		is: ['type=image,push=true'],
	},
	{
		when: 'an image of several platforms stays here',
		one: target('a', { platforms: ['linux/amd64', 'linux/arm64'] }, { isNamed: true }),
		options: { allPlatforms: true },
		field: 'output',
		is: ['type=image,push=false'],
	},
	{ when: 'the image goes to the engine', one: target('a'), field: 'output', is: ['type=docker'] },
];

describe('planBake', () => {
	for (const { when, one, options = {}, field, is } of cases) {
		test(`when ${when}`, () => assert.deepEqual(definitionOf(one, options)[field], is));
	}

	test('names that bake does not take are replaced, and stay apart', () => {
		const { serviceByTarget, definition } = planBake([target('a.b'), target('a_b')], {});
		assert.deepEqual(
			[...serviceByTarget],
			[
				['a_b', 'a.b'],
				['a_b_2', 'a_b'],
			],
		);
		assert.deepEqual((definition as { group: object }).group, { default: { targets: ['a_b', 'a_b_2'] } });
	});

	test('each variable that is a secret has one name of our own, whoever uses it', () => {
		const secrets = new Map([
			['token', { name: 'token', environment: 'LD_PRELOAD' }],
			['same', { name: 'same', environment: 'LD_PRELOAD' }],
			['key', { name: 'key', environment: 'DOCKER_HOST' }],
			['idle', { name: 'idle', environment: 'NOT_USED' }],
		]);
		const { definition, secretVariables } = planBake(
			[
				target('a', { secrets: [{ source: 'token' }, { source: 'key' }] }, { secrets }),
				target('b', { secrets: [{ source: 'same' }] }, { secrets }),
			],
			{},
		);
		assert.deepEqual(
			[...secretVariables],
			[
				['LABC_BUILD_SECRET_1', 'LD_PRELOAD'],
				['LABC_BUILD_SECRET_2', 'DOCKER_HOST'],
			],
		);
		assert.deepEqual((definition as Definition).target['b']?.['secret'], ['id=same,type=env,env=LABC_BUILD_SECRET_1']);
	});

	test('bake may read contexts, Dockerfiles and secrets, each once', () => {
		const targets = [
			target('a', { dockerfile: '/other/Dockerfile', secrets: [{ source: 'ca' }] }),
			target('b'),
			target('c', { context: 'https://h/r.git' }),
		];
		assert.deepEqual(planBake(targets, {}).readableDirs, ['/src', '/other', '/etc/ssl']);
	});
});

describe('several targets', () => {
	const targets = [target('a', { additional_contexts: { b: 'service:db.x' } }), target('db.x', { privileged: true })];

	test('the image of another service is that of its target, by the name bake knows', () => {
		const { definition } = planBake(targets, {});
		assert.deepEqual((definition as Definition).target['a']?.['contexts'], { b: 'target:db_x' });
	});

	test('what they may do is asked for once', () => {
		const more = [...targets, target('c', { entitlements: ['security.insecure'] })];
		assert.deepEqual(planBake(more, {}).entitlements, ['security.insecure']);
	});
});

describe('isRemoteContext', () => {
	const remote = [
		'https://github.com/a/b.git',
		'git@github.com:a/b',
		'ssh://git@h/r',
		'github.com/a/b',
		'docker-image://x',
	];
	for (const context of remote) test(`\`${context}\` is remote`, () => assert.ok(isRemoteContext(context)));
	for (const context of ['/src', '/https://'])
		test(`\`${context}\` is local`, () => assert.ok(!isRemoteContext(context)));
});

test('bake may read the folders of further contexts, and only folders', () => {
	const more = target('a', { additional_contexts: { r: '/rel', i: 'docker-image://x' } });
	assert.deepEqual(planBake([more], {}).readableDirs, ['/src', '/rel']);
});
