import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Project } from '../../../src/model/project.ts';
import { type DigestSources, digestContents } from '../../../src/use-cases/digest-contents.ts';
import { project, service } from '../../support/plan-cases.ts';

const base = project({
	services: {
		web: service({ secrets: [{ source: 'token' }, { source: 'word' }], configs: [{ source: 'app' }] }),
		job: service({ secrets: [{ source: 'token' }] }),
	},
});

const stack: Project = {
	...base,
	secrets: new Map([
		['token', { name: 'lab_token', file: '/lab/token' }],
		['word', { name: 'lab_word', environment: 'WORD' }],
		['unused', { name: 'lab_unused', file: '/lab/unused' }],
	]),
	configs: new Map([['app', { name: 'lab_app', content: 'a=1' }]]),
};

interface Given {
	readonly files?: Readonly<Record<string, string>>;
	readonly variables?: Readonly<Record<string, string>>;
	readonly key?: string;
}

const defaults = { files: { '/lab/token': 'hunter2' }, variables: { WORD: 'swordfish' }, key: 'k'.repeat(64) };

function digest(given: Given = {}, of = stack) {
	const { files, variables, key } = { ...defaults, ...given };
	const sources: DigestSources = {
		variables: new Map(Object.entries(variables)),
		key: async () => key,
		readFile: async (file) =>
			files[file as keyof typeof files] === undefined ? undefined : Buffer.from(files[file as keyof typeof files]),
	};
	return digestContents(of, sources, { create: true });
}

const cases: readonly {
	readonly when: string;
	readonly given: Given;
	readonly of?: Project;
	readonly changed: readonly string[];
}[] = [
	{ when: 'nothing changed', given: {}, changed: [] },
	{ when: 'a file changed', given: { files: { '/lab/token': 'hunter3' } }, changed: ['secret token'] },
	{ when: 'a variable changed', given: { variables: { WORD: 'other' } }, changed: ['secret word'] },
	{ when: 'a file is gone', given: { files: {} }, changed: ['secret token'] },
	{ when: 'a variable is not set', given: { variables: {} }, changed: ['secret word'] },
	{
		when: 'a text in the file changed',
		given: {},
		of: { ...stack, configs: new Map([['app', { name: 'lab_app', content: 'a=2' }]]) },
		changed: ['config app'],
	},
	{
		when: 'it is another project’s',
		given: {},
		of: { ...stack, name: 'other' },
		changed: ['secret token', 'secret word', 'config app'],
	},
	{
		when: 'the key is another one',
		given: { key: 'j'.repeat(64) },
		changed: ['secret token', 'secret word', 'config app'],
	},
];

describe('digestContents', () => {
	for (const { when, given, of, changed } of cases) {
		test(`gives other digests of ${changed.join(', ') || 'nothing'} when ${when}`, async () => {
			const [before, after] = [await digest(), await digest(given, of)];
			const names = ['secret token', 'secret word', 'config app'];
			assert.deepEqual(
				names.filter((name) => before?.digests.get(name) !== after?.digests.get(name)),
				changed,
			);
		});
	}

	test('digests only what services are given, and names the key without telling it', async () => {
		const { key, digests } = (await digest()) ?? { key: '', digests: new Map() };
		assert.deepEqual([...digests.keys()].sort(), ['config app', 'secret token', 'secret word']);
		assert.match(key, /^[\da-f]{12}$/);
		assert.ok([...digests.values()].every((text) => /^[\da-f]{12}$/.test(text)));
	});

	test('asks for no key where nothing is used, and digests nothing without one', async () => {
		const asked: boolean[] = [];
		const sources: DigestSources = {
			variables: new Map(),
			key: async ({ create }) => {
				asked.push(create);
				return undefined;
			},
			readFile: async () => Buffer.from('x'),
		};
		assert.equal(await digestContents(project({ services: { web: service() } }), sources, { create: true }), undefined);
		assert.deepEqual(asked, []);
		assert.equal(await digestContents(stack, sources, { create: false }), undefined);
		assert.deepEqual(asked, [false]);
	});

	test('an external secret is not looked at', async () => {
		const external: Project = { ...stack, secrets: new Map([['token', { name: 'token', external: true }]]) };
		assert.deepEqual([...((await digest({}, external))?.digests.keys() ?? [])], ['config app']);
	});
});
