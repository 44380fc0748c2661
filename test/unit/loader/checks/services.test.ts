import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsIn } from '../../../support/check-text.ts';

const cases: readonly { when: string; text: string; problems: readonly string[] }[] = [
	{
		when: 'nothing says what to run',
		text: 'services:\n  a: {hostname: h}',
		problems: ['2:6 services.a: service `a` has neither an image nor a build | Add `image` or `build`.'],
	},
	{ when: 'a build says what to run', text: 'services: {a: {build: {context: /c}}}', problems: [] },
	{
		when: 'an empty image says nothing',
		text: 'services:\n  a: {image: ""}',
		problems: [
			'2:14 services.a.image: service `a` has neither an image nor a build: its `image` is empty | Name an image, or set the variable that it is taken from.',
		],
	},
	{
		when: 'there are a network mode and networks',
		text: 'services:\n  a: {image: x, network_mode: host, networks: {n: }}\nnetworks: {n: {}}',
		problems: [
			'2:31 services.a.network_mode: service `a` has both `network_mode` and `networks` | Keep one of the two.',
		],
	},
	...['NONE', 'CMD', 'CMD-SHELL'].map((word) => ({
		when: `a health check starts with ${word}`,
		text: `services: {a: {image: x, healthcheck: {test: [${word}, y]}}}`,
		problems: [],
	})),
	{
		when: 'a health check starts with its command',
		text: 'services:\n  a: {image: x, healthcheck: {test: [curl, y]}}',
		problems: [
			'2:38 services.a.healthcheck.test.0: the health check of `a` must start with `NONE`, `CMD` or `CMD-SHELL`, found `curl` | Start the list with `CMD`, or write the command as one text.',
		],
	},
	{ when: 'a health check is empty', text: 'services: {a: {image: x, healthcheck: {test: []}}}', problems: [] },
	{
		when: 'several containers have one name',
		text: 'services:\n  a: {image: x, container_name: n, scale: 2}',
		problems: [
			'2:33 services.a.container_name: service `a` cannot run 2 containers under one `container_name` | Remove `container_name`, or run one container.',
		],
	},
	{
		when: 'several replicas have one name',
		text: 'services:\n  a: {image: x, container_name: n, deploy: {replicas: 3}}',
		problems: [
			'2:33 services.a.container_name: service `a` cannot run 3 containers under one `container_name` | Remove `container_name`, or run one container.',
		],
	},
	{ when: 'one container has a name', text: 'services: {a: {image: x, container_name: n, scale: 1}}', problems: [] },
	{ when: 'no container has a name', text: 'services: {a: {image: x, container_name: n, scale: 0}}', problems: [] },
	{
		when: 'counts are below 0',
		text: 'services:\n  a: {image: x, scale: -1}\n  b: {image: x, deploy: {replicas: -2}}',
		problems: [
			'2:24 services.a.scale: service `a` cannot run -1 containers | Write 0 or more.',
			'3:36 services.b.deploy.replicas: service `b` cannot run -2 containers | Write 0 or more.',
		],
	},
	{
		when: 'counts contradict each other',
		text: 'services:\n  a: {image: x, scale: 1, deploy: {replicas: 2}}',
		problems: [
			'2:24 services.a.scale: `scale` and `deploy.replicas` of service `a` differ: `1` and `2` | Keep one of the two.',
		],
	},
];

describe('services', () => {
	for (const { when, text, problems } of cases) {
		test(`when ${when}`, () => assert.deepEqual(problemsIn(text), problems));
	}
});
