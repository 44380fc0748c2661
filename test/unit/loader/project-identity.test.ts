import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../src/errors/findings.ts';
import { nameProject } from '../../../src/loader/project-identity.ts';
import type { ProjectOptions } from '../../../src/options/project-options.ts';
import { parsed } from '../../support/load-text.ts';

const options: ProjectOptions = {
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
	cwd: '/p/My Lab',
	env: {},
};

interface Naming {
	readonly when: string;
	/** One YAML document each. */
	readonly files?: readonly string[];
	readonly flag?: string;
	readonly variables?: Readonly<Record<string, string>>;
	readonly workingDir?: string;
	readonly isInterpolated?: boolean;
}

function nameOf({ files = [], flag, variables = {}, workingDir = '/p/lab', isInterpolated = true }: Naming): string {
	const sources = {
		workingDir,
		variables: new Map(Object.entries(variables)),
		documents: files.flatMap((text) => parsed(text)),
		isInterpolated,
		findings: new Findings(),
	};
	return nameProject({ ...options, projectName: flag }, sources).name;
}

describe('the name of a project', () => {
	const cases: readonly (Naming & { readonly name: string })[] = [
		{ when: 'nothing else is said', name: 'lab' },
		{ when: 'the folder has capitals, blanks and dots', workingDir: '/p/My Lab 2.0', name: 'mylab20' },
		{ when: 'the folder starts with marks', workingDir: '/p/_-lab_-', name: 'lab_-' },
		{ when: 'a file declares it', files: ['name: a'], name: 'a' },
		{ when: 'a declared name has capitals', files: ['name: A B'], name: 'ab' },
		{ when: 'a declared name is empty', files: ["name: ''"], name: 'lab' },
		{ when: 'nothing is left of a declared name', files: ['name: a', 'name: ""'], name: 'a' },
		{ when: 'two files declare it', files: ['name: a', 'name: b'], name: 'b' },
		{ when: 'only the first of two files declares it', files: ['name: a', 'services: {}'], name: 'a' },
		{ when: 'the name is no text', files: ['name: 5'], name: 'lab' },
		{ when: 'the name is a mapping', files: ['name: {a: b}'], name: 'lab' },
		{ when: 'the name holds a variable', files: ['name: a-$B'], variables: { B: 'b' }, name: 'a-b' },
		{ when: 'the variable is not set', files: ['name: $B'], name: 'lab' },
		{ when: 'the variable has a default', files: ['name: "${B:-c}"'], name: 'c' },
		{ when: 'the name is broken', files: ['name: "${B"'], name: 'lab' },
		{ when: 'variables do not count', files: ['name: a-$B'], isInterpolated: false, name: 'a-b' },
		{ when: 'COMPOSE_PROJECT_NAME is set', files: ['name: a'], variables: { COMPOSE_PROJECT_NAME: 'b' }, name: 'b' },
		{ when: 'COMPOSE_PROJECT_NAME is empty', files: ['name: a'], variables: { COMPOSE_PROJECT_NAME: '' }, name: 'a' },
		{ when: 'a flag gives it', flag: 'c', variables: { COMPOSE_PROJECT_NAME: 'b' }, name: 'c' },
	];
	for (const naming of cases) {
		test(`is \`${naming.name}\` when ${naming.when}`, () => assert.equal(nameOf(naming), naming.name));
	}
});

describe('a name that is given has to be right', () => {
	const cases: readonly (Naming & { readonly says: RegExp; readonly hint: RegExp })[] = [
		{ when: 'it has capitals', flag: 'Lab', says: /`Lab` is not a project name/, hint: /`lab` would do/ },
		{ when: 'it starts with a mark', flag: '-lab', says: /`-lab`/, hint: /`lab` would do/ },
		{ when: 'it is a path', flag: '../lab', says: /`\.\.\/lab`/, hint: /`lab` would do/ },
		{ when: 'nothing of it can be used', flag: '😀', says: /`😀`/, hint: /starting with a letter or digit\.$/ },
		{ when: 'it comes from a variable', variables: { COMPOSE_PROJECT_NAME: 'a b' }, says: /`a b`/, hint: /`ab`/ },
		{ when: 'the folder is the root', workingDir: '/', says: /the project has no name/, hint: /`-p`/ },
		{ when: 'the folder has no usable letter', workingDir: '/p/äöü', says: /has no name/, hint: /`name:`/ },
	];
	for (const { says, hint, ...naming } of cases) {
		test(`when ${naming.when}`, () => {
			assert.throws(() => nameOf(naming), { code: 'PROJECT_NAME_INVALID', message: says, hint });
		});
	}
});
