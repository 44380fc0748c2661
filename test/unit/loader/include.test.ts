import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergedFiles, problemsOf, type TextFiles } from '../../support/load-text.ts';

interface IncludeCase extends TextFiles {
	readonly when: string;
	/** The Compose files; more than one are merged. */
	readonly texts: readonly string[];
}

describe('what an included file declares becomes part of the project', () => {
	const cases: readonly (IncludeCase & { readonly model: unknown })[] = [
		{
			when: 'it is named by its path',
			texts: ['include: [i.yaml]\nservices: {a: {image: x}}'],
			files: { 'i.yaml': 'services: {b: {image: y}}\nnetworks: {n: }\nvolumes: {v: }\nsecrets: {s: {file: f}}' },
			model: {
				services: { a: { image: 'x' }, b: { image: 'y' } },
				networks: { n: null },
				volumes: { v: null },
				secrets: { s: { file: 'f' } },
			},
		},
		{
			when: 'nothing else is declared',
			texts: ['include: [i.yaml]'],
			files: { 'i.yaml': 'services: {b: {image: y}}' },
			model: { services: { b: { image: 'y' } } },
		},
		{
			when: 'its name and extensions are left out',
			texts: ['include: [i.yaml]'],
			files: { 'i.yaml': 'name: other\nx-more: 1\nservices: {b: {image: y}}' },
			model: { services: { b: { image: 'y' } } },
		},
		{
			when: 'relative paths are meant from its folder',
			texts: ['include: [s/i.yaml]'],
			files: { 's/i.yaml': 'services: {b: {build: ., volumes: ["./d:/d"]}}\nsecrets: {s: {file: f}}' },
			model: {
				services: {
					b: {
						build: { context: 's' },
						volumes: [{ type: 'bind', source: 's/d', target: '/d', bind: { create_host_path: true } }],
					},
				},
				secrets: { s: { file: 's/f' } },
			},
		},
		{
			when: 'relative paths are meant from a folder that the entry names',
			texts: ['include: [{path: s/i.yaml, project_directory: /t}]'],
			files: { 's/i.yaml': 'services: {b: {build: .}}' },
			model: { services: { b: { build: { context: '../t' } } } },
		},
		{
			when: 'several files of an entry are merged',
			texts: ['include: [{path: [i.yaml, j.yaml]}]'],
			files: { 'i.yaml': 'services: {b: {image: y, user: u}}', 'j.yaml': 'services: {b: {image: z}}' },
			model: { services: { b: { image: 'z', user: 'u' } } },
		},
		{
			when: 'it includes another one',
			texts: ['include: [s/i.yaml]'],
			files: { 's/i.yaml': 'include: [t/j.yaml]', 's/t/j.yaml': 'services: {b: {build: .}}' },
			model: { services: { b: { build: { context: 's/t' } } } },
		},
		{
			when: 'an override file changes what is included',
			texts: ['include: [i.yaml]', 'services: {b: {image: z, dns: !override [2.2.2.2], user: !reset null}}'],
			files: { 'i.yaml': 'services: {b: {image: y, dns: [1.1.1.1], user: u}}' },
			model: { services: { b: { image: 'z', dns: ['2.2.2.2'] } } },
		},
		{
			when: 'an override file includes',
			texts: ['services: {b: {image: x, user: u}}', 'include: [i.yaml]'],
			files: { 'i.yaml': 'services: {b: {image: y}}' },
			model: { services: { b: { image: 'y', user: 'u' } } },
		},
		{
			when: 'both declare the same in the same words',
			texts: [
				'include: [i.yaml, j.yaml]\nservices: {b: {image: y, command: a b, environment: [A=1]}}\nnetworks: {n: }',
			],
			files: {
				'i.yaml': 'services: {b: {image: y, command: a b, environment: [A=1]}}\nnetworks: {n: }',
				'j.yaml': 'services: {b: {image: y, command: a b, environment: [A=1]}}\nnetworks: {n: }',
			},
			model: { services: { b: { image: 'y', command: ['a', 'b'], environment: { A: '1' } } }, networks: { n: null } },
		},
		{
			when: 'its path is made of variables',
			texts: ['include: ["${F}"]'],
			files: { 'i.yaml': 'services: {b: {image: "y:${T}"}}' },
			variables: { F: 'i.yaml', T: '1' },
			model: { services: { b: { image: 'y:1' } } },
		},
		{
			when: 'it is empty, or an entry says nothing',
			texts: ['include: [i.yaml, null, {path: []}]\nservices: {a: {image: x}}'],
			files: { 'i.yaml': '# later\n' },
			model: { services: { a: { image: 'x' } } },
		},
		{
			when: 'nothing is included',
			texts: ['include:\nservices: {a: {image: x}}'],
			model: { services: { a: { image: 'x' } } },
		},
	];
	for (const given of cases) {
		test(`when ${given.when}`, async () =>
			assert.deepEqual((await mergedFiles(given.texts, given)).model, given.model));
	}
});

describe('an `include` that cannot be followed is told at its place', () => {
	const cases: readonly (IncludeCase & { readonly problems: readonly string[] })[] = [
		{
			when: 'it is no list',
			texts: ['include: i.yaml'],
			problems: ['1:10 include: `include` must be a list of files, found `i.yaml`'],
		},
		{
			when: 'entries are of wrong kinds',
			texts: ['include: [1, {env_file: e}, {path: {}}]\nservices: {a: {image: x}}'],
			problems: [
				'1:11 include.0: `include.0` must be a path, or a mapping with `path`, found the number `1`',
				'1:14 include.1: `include.1` must be a path, or a mapping with `path`, found a mapping',
				'1:36 include.2.path: `include.2.path` must be a path or a list of paths, found a mapping',
			],
		},
		{
			when: 'files are missing',
			texts: ['include: [i.yaml, {path: [j.yaml]}]\nservices: {a: {image: x}}'],
			problems: [
				'1:11 include.0: the Compose file `/p/i.yaml` does not exist',
				'1:27 include.1.path.0: the Compose file `/p/j.yaml` does not exist',
			],
		},
		{
			when: 'a file is elsewhere',
			texts: ['include: ["oci://example.com/x"]\nservices: {a: {image: x}}'],
			problems: ['1:11 include.0: `oci://example.com/x` is a remote file, and labc reads only files of this machine'],
		},
		{
			when: 'files include each other',
			texts: ['include: [i.yaml]'],
			files: { 'i.yaml': 'include: [j.yaml]', 'j.yaml': 'services: {}\ninclude: [i.yaml]' },
			problems: [
				'2:11 include.0: files include each other in a circle: `/p/1.yaml` -> `/p/i.yaml` -> `/p/j.yaml` -> `/p/i.yaml`',
			],
		},
		{
			when: 'it declares something else under the same name',
			texts: ['include: [i.yaml]\nservices:\n  a: {image: x}\n  b: {image: x}'],
			files: { 'i.yaml': 'services:\n  b: {image: y}' },
			problems: ['4:3 services.b: `services.b` is also declared at `/p/i.yaml:2`, which is included'],
		},
		{
			when: 'two included files differ',
			texts: ['include: [i.yaml, j.yaml]'],
			files: { 'i.yaml': 'networks: {n: }', 'j.yaml': 'networks: {n: {}}' },
			problems: ['1:12 networks.n: `networks.n` is also declared at `/p/j.yaml:1`, which is included'],
		},
		{
			when: 'two included files say the same in other forms',
			texts: ['include: [i.yaml, j.yaml]'],
			files: {
				'i.yaml': 'services: {b: {image: y, environment: [A=1]}}',
				'j.yaml': 'services: {b: {image: y, environment: {A: 1}}}',
			},
			problems: ['1:12 services.b: `services.b` is also declared at `/p/j.yaml:1`, which is included'],
		},
		{
			when: 'an included file is not right alone',
			texts: ['include: [i.yaml]', 'services: {b: {image: !override x}}'],
			files: { 'i.yaml': 'services: {b: {image: [1]}}' },
			problems: ['1:23 services.b.image: `services.b.image` must be a text, found a list'],
		},
		{
			when: 'a service extends an included one',
			texts: ['include: [i.yaml]\nservices: {web: {extends: base, image: x}}'],
			files: { 'i.yaml': 'services: {base: {image: y}}' },
			problems: ['2:27 services.web.extends: service `web` extends `base`, which `/p/1.yaml` does not declare'],
		},
	];
	for (const given of cases) {
		test(`when ${given.when}`, async () => {
			assert.deepEqual(await problemsOf(() => mergedFiles(given.texts, given)), given.problems);
		});
	}

	test('when it goes too deep', async () => {
		const files = Object.fromEntries(
			Array.from({ length: 50 }, (_, index) => [`${index}.inc`, `include: [${index + 1}.inc]`]),
		);
		const [problem] = await problemsOf(() => mergedFiles(['include: [0.inc]'], { files }));
		assert.match(problem ?? '', /`include` goes deeper than 32 files: `\/p\/1.yaml` -> .* -> …/);
	});
});
