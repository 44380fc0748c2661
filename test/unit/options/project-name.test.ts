import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isProjectName, normaliseProjectName } from '../../../src/options/project-name.ts';

describe('normaliseProjectName', () => {
	const cases: readonly [text: string, name: string][] = [
		['lab', 'lab'],
		['My.Proj_', 'myproj_'],
		['_x-Y', 'x-y'],
		['--a', 'a'],
		['...', ''],
		['研究', ''],
	];
	for (const [text, name] of cases) {
		test(`\`${text}\``, () => assert.equal(normaliseProjectName(text), name));
	}

	test('what is left is a project name', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const name = normaliseProjectName(text);
				assert.ok(name === '' || isProjectName(name));
			}),
		);
	});
});

test('a name that was typed must be right as it is', () => {
	assert.deepEqual(['lab', '1a', 'a_b-c', 'Lab', '-a', 'a b', ''].map(isProjectName), [
		true,
		true,
		true,
		false,
		false,
		false,
		false,
	]);
});
