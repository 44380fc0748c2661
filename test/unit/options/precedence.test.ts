import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	chooseEnvFiles,
	chooseFiles,
	chooseProfiles,
	chooseProjectName,
	isDefaultEnvFileDisabled,
} from '../../../src/options/precedence.ts';
import type { ProjectOptions } from '../../../src/options/project-options.ts';

const options = (given: Partial<ProjectOptions> = {}): ProjectOptions => ({
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
	cwd: '/lab',
	env: {},
	...given,
});

const variables = (values: Record<string, string> = {}) => new Map(Object.entries(values));

describe('chooseFiles', () => {
	const cases: readonly {
		when: string;
		flags?: string[];
		values?: Record<string, string>;
		files: string[] | undefined;
	}[] = [
		{ when: 'nothing is said', files: undefined },
		{ when: 'a flag names files', flags: ['b', 'a'], values: { COMPOSE_FILE: 'c' }, files: ['b', 'a'] },
		{ when: 'COMPOSE_FILE lists files', values: { COMPOSE_FILE: 'a:b' }, files: ['a', 'b'] },
		{
			when: 'the separator is a word',
			values: { COMPOSE_FILE: 'a--b', COMPOSE_PATH_SEPARATOR: '--' },
			files: ['a', 'b'],
		},
		{ when: 'COMPOSE_FILE is empty', values: { COMPOSE_FILE: '' }, files: undefined },
	];
	for (const { when, flags = [], values, files } of cases) {
		test(`when ${when}`, () => assert.deepEqual(chooseFiles(options({ files: flags }), variables(values)), files));
	}
});

describe('chooseEnvFiles', () => {
	test('a flag wins over the environment', () => {
		assert.deepEqual(chooseEnvFiles(options({ envFiles: ['a'], env: { COMPOSE_ENV_FILES: 'b' } })), ['a']);
	});
	test('the environment lists them with commas', () => {
		assert.deepEqual(chooseEnvFiles(options({ env: { COMPOSE_ENV_FILES: 'a,b' } })), ['a', 'b']);
	});
	test('without a word the default is looked for', () => assert.equal(chooseEnvFiles(options()), undefined));
});

describe('isDefaultEnvFileDisabled', () => {
	const cases: readonly [value: string | undefined, disabled: boolean][] = [
		[undefined, false],
		['', false],
		['0', false],
		['false', false],
		['1', true],
		['true', true],
		['YES', true],
	];
	for (const [value, disabled] of cases) {
		test(`COMPOSE_DISABLE_ENV_FILE=${value}`, () => {
			assert.equal(isDefaultEnvFileDisabled(options({ env: { COMPOSE_DISABLE_ENV_FILE: value } })), disabled);
		});
	}
});

describe('chooseProjectName', () => {
	test('a flag wins', () => {
		assert.equal(chooseProjectName(options({ projectName: 'a' }), variables({ COMPOSE_PROJECT_NAME: 'b' })), 'a');
	});
	test('then the environment', () => {
		assert.equal(chooseProjectName(options(), variables({ COMPOSE_PROJECT_NAME: 'b' })), 'b');
	});
	test('an empty name is none', () => {
		assert.equal(chooseProjectName(options({ projectName: '' }), variables({ COMPOSE_PROJECT_NAME: '' })), undefined);
	});
});

describe('chooseProfiles', () => {
	test('flags replace the environment', () => {
		assert.deepEqual(chooseProfiles(options({ profiles: ['a'] }), variables({ COMPOSE_PROFILES: 'b' })), ['a']);
	});
	test('blanks around names are dropped', () => {
		assert.deepEqual(chooseProfiles(options(), variables({ COMPOSE_PROFILES: ' a , b,' })), ['a', 'b']);
	});
});
