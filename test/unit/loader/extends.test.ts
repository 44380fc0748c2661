import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergedFiles, problemsOf } from '../../support/load-text.ts';

interface ExtendsCase {
	readonly when: string;
	/** The Compose files; more than one are merged. */
	readonly texts: readonly string[];
	readonly files?: Readonly<Record<string, string>>;
	readonly variables?: Readonly<Record<string, string>>;
}

const serviceOf = async ({ texts, ...given }: ExtendsCase, name: string): Promise<unknown> => {
	const { model } = await mergedFiles(texts, given);
	return (model as { services: Record<string, unknown> }).services[name];
};

describe('a service that extends another is laid over it', () => {
	const cases: readonly (ExtendsCase & { readonly service: unknown })[] = [
		{
			when: 'both stand in one file',
			texts: ['services: {a: {extends: b, working_dir: /w}, b: {image: x, user: u}}'],
			service: { image: 'x', user: 'u', working_dir: '/w' },
		},
		{
			when: 'the long form names no file',
			texts: ['services: {a: {extends: {service: b}}, b: {image: x}}'],
			service: { image: 'x' },
		},
		{
			when: 'the other one extends a third',
			texts: ['services: {a: {extends: b}, b: {extends: c, user: u}, c: {image: x, user: v}}'],
			service: { image: 'x', user: 'u' },
		},
		{
			when: 'the other one stands in another file',
			texts: ['services: {a: {extends: {file: b.yaml, service: b}, user: u}}'],
			files: { 'b.yaml': 'services: {b: {image: x, user: v}}' },
			service: { image: 'x', user: 'u' },
		},
		{
			when: 'a variable names the file, and the file uses one',
			texts: ['services: {a: {extends: {file: "${F}", service: b}}}'],
			files: { 'b.yaml': 'services: {b: {image: "x:${T}"}}' },
			variables: { F: 'b.yaml', T: '1' },
			service: { image: 'x:1' },
		},
		{
			when: 'relative paths of other files are meant from there',
			texts: ['services: {a: {extends: {file: s/b.yaml, service: b}, volumes: ["./a:/a"]}}'],
			files: {
				's/b.yaml': 'services: {b: {extends: {file: t/c.yaml, service: c}, build: ., env_file: e.env}}',
				's/t/c.yaml': 'services: {c: {volumes: ["./c:/c"]}}',
			},
			service: {
				build: { context: 's' },
				env_file: [{ path: 's/e.env', required: true }],
				volumes: [
					{ type: 'bind', source: 's/t/c', target: '/c', bind: { create_host_path: true } },
					{ type: 'bind', source: './a', target: '/a', bind: { create_host_path: true } },
				],
			},
		},
		{
			when: 'a build that names no folder stays in the folder of the project',
			texts: ['services: {a: {extends: {file: s/b.yaml, service: b}}}'],
			files: { 's/b.yaml': 'services: {b: {build: {dockerfile: D}}}' },
			service: { build: { dockerfile: 'D' } },
		},
		{
			when: 'nothing is left out of what it inherits',
			texts: [
				'services: {a: {extends: b}, b: {image: x, depends_on: [c], profiles: [p], container_name: nn}, c: {image: y}}',
			],
			service: {
				image: 'x',
				depends_on: { c: { condition: 'service_started', required: true } },
				profiles: ['p'],
				container_name: 'nn',
			},
		},
		{
			when: 'it resets and overrides attributes',
			texts: ['services: {a: {extends: b, user: !reset null, dns: !override [2.2.2.2]}, b: {user: u, dns: [1.1.1.1]}}'],
			service: { dns: ['2.2.2.2'] },
		},
		{
			when: 'the other file resets what its own service extends',
			texts: ['services: {a: {extends: {file: b.yaml, service: b}}}'],
			files: {
				'b.yaml': 'services: {b: {extends: {file: c.yaml, service: c}, user: !reset null}}',
				'c.yaml': 'services: {c: {image: x, user: u}}',
			},
			service: { image: 'x' },
		},
		{
			when: 'a service of the same name in this file resets something',
			texts: ['services: {a: {extends: {file: b.yaml, service: b}}, b: {image: y, dns: !override [2.2.2.2]}}'],
			files: {
				'b.yaml': 'services: {b: {extends: c}, c: {image: x, dns: [1.1.1.1]}}',
			},
			service: { image: 'x', dns: ['1.1.1.1'] },
		},
		{
			when: 'an override file extends and overrides',
			texts: [
				'services: {a: {image: x, dns: [1.1.1.1]}}',
				'services: {a: {extends: {file: b.yaml, service: b}, dns: !override [3.3.3.3]}}',
			],
			files: { 'b.yaml': 'services: {b: {user: u, dns: [2.2.2.2]}}' },
			service: { image: 'x', user: 'u', dns: ['3.3.3.3'] },
		},
		{
			when: 'the extended one says nothing, and so `extends` stays',
			texts: ['services: {a: {image: x, extends: {file: b.yaml, service: b}}}'],
			files: { 'b.yaml': 'services: {b: }' },
			service: { image: 'x', extends: { file: 'b.yaml', service: 'b' } },
		},
		{
			when: 'the rest of the other file is of no use',
			texts: ['services: {a: {extends: {file: b.yaml, service: b}}}'],
			files: { 'b.yaml': 'name: Bad Name\nversion: "3"\nservices: {b: {image: x}, c: {image: [1]}}\nnonsense: 1' },
			service: { image: 'x' },
		},
		{
			when: 'the other file holds several documents',
			texts: ['services: {a: {extends: {file: b.yaml, service: b}}}'],
			files: { 'b.yaml': 'services: {b: {image: x, user: u}}\n---\nservices: {b: {image: y}}' },
			service: { image: 'y', user: 'u' },
		},
	];
	for (const given of cases) {
		test(`when ${given.when}`, async () => assert.deepEqual(await serviceOf(given, 'a'), given.service));
	}
});

describe('an `extends` that leads nowhere is told at its place', () => {
	const cases: readonly (ExtendsCase & { readonly problems: readonly string[] })[] = [
		{
			when: 'the service is not declared',
			texts: ['services: {a: {image: x, extends: jupiter}, jupyter: {image: x}}'],
			problems: ['1:35 services.a.extends: service `a` extends `jupiter`, which `/p/1.yaml` does not declare'],
		},
		{
			when: 'the file does not declare it',
			texts: ['services: {a: {image: x, extends: {file: b.yaml, service: c}}}'],
			files: { 'b.yaml': 'services: {b: {image: x}}' },
			problems: ['1:59 services.a.extends.service: service `a` extends `c`, which `/p/b.yaml` does not declare'],
		},
		{
			when: 'the file is not there',
			texts: ['services: {a: {image: x, extends: {file: b.yaml, service: c}}}'],
			problems: ['1:42 services.a.extends.file: the Compose file `/p/b.yaml` does not exist'],
		},
		{
			when: 'the file has no services',
			texts: ['services: {a: {image: x, extends: {file: b.yaml, service: c}}}'],
			files: { 'b.yaml': 'networks: {n: }' },
			problems: ['1:42 services.a.extends.file: `/p/b.yaml` has no services to extend'],
		},
		{
			when: 'the file is elsewhere',
			texts: ['services: {a: {image: x, extends: {file: "https://example.com/x.git", service: c}}}'],
			problems: [
				'1:42 services.a.extends.file: `https://example.com/x.git` is a remote file, and labc reads only files of this machine',
			],
		},
		{
			when: 'services extend each other',
			texts: ['services: {a: {image: x, extends: b}, b: {image: x, extends: a}}'],
			problems: [
				'1:35 services.a.extends: services extend each other in a circle: `a` of `/p/1.yaml` -> `b` of `/p/1.yaml` -> `a` of `/p/1.yaml`',
			],
		},
	];
	for (const given of cases) {
		test(`when ${given.when}`, async () => {
			assert.deepEqual(await problemsOf(() => mergedFiles(given.texts, given)), given.problems);
		});
	}

	test('when it goes on for too long', async () => {
		const chain = Array.from({ length: 50 }, (_, index) => `s${index}: {image: x, extends: s${index + 1}}`);
		const [problem] = await problemsOf(() => mergedFiles([`services: {${chain.join(', ')}, s50: {image: x}}`], {}));
		assert.match(problem ?? '', /`extends` goes on for more than 32 services: `s0` of .* -> …/);
	});
});
