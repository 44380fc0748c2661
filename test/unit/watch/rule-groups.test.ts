import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { behindLinks, groupRules, isOwn } from '../../../src/watch/rule-groups.ts';
import { compileRule } from '../../../src/watch/rules.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const rulesAt = (paths: readonly string[]) =>
	paths.map((path, index) =>
		compileRule({
			service: 'app',
			index,
			declared: { path, action: 'sync', target: `/${index}` },
			ignoreFile: undefined,
		}),
	);

function madeHost(): MemoryHost {
	const host = new MemoryHost('/');
	host.put('/p/sub/file', 'file', '1');
	host.put('/elsewhere/data/below', 'file', '1');
	host.put('/elsewhere/file', 'file', '1');
	host.put('/p/data', 'symlink', '/elsewhere/data');
	host.put('/p/conf', 'symlink', '/elsewhere/file');
	host.put('/p/deep/link', 'symlink', '/elsewhere/data');
	return host;
}

const cases = [
	{ when: 'nothing lies in another one', paths: ['/p/sub', '/q'], groups: [['/p/sub', '/q']] },
	{ when: 'a folder and a file lie in a folder', paths: ['/p', '/p/sub', '/p/sub/file'], groups: [['/p']] },
	{ when: 'a link to a folder lies in a folder', paths: ['/p', '/p/data'], groups: [['/p'], ['/p/data']] },
	{ when: 'a link to a file lies in a folder', paths: ['/p/conf', '/p'], groups: [['/p'], ['/p/conf']] },
	{ when: 'a path lies behind a link', paths: ['/p', '/p/deep/link/below'], groups: [['/p'], ['/p/deep/link/below']] },
	{
		when: 'a path lies behind a link that is followed itself',
		paths: ['/p', '/p/data', '/p/data/below'],
		groups: [['/p'], ['/p/data']],
	},
	{ when: 'nothing is there yet', paths: ['/p', '/p/later'], groups: [['/p'], ['/p/later']] },
	{ when: 'the folder above is a link itself', paths: ['/p/data', '/p/data/below'], groups: [['/p/data']] },
];

describe('rules are followed', () => {
	for (const { when, paths, groups } of cases) {
		test(`in ${groups.length === 1 ? 'one group' : `${groups.length} groups`} where ${when}`, () => {
			const found = groupRules(rulesAt(paths), madeHost().files);
			assert.deepEqual(
				found.map(({ roots }) => roots),
				groups,
			);
			const followed = found.flatMap(({ rules }) => rules.map(({ root }) => root));
			assert.deepEqual(followed.toSorted(), paths.toSorted());
		});
	}

	test('what is behind a link is told to the rules of the link alone, and the link to both', () => {
		const groups = groupRules(rulesAt(['/p', '/p/data']), madeHost().files);
		const told = groups.map((group) => ['/p/sub/file', '/p/data', '/p/data/below'].filter(isOwn(groups, group)));
		assert.deepEqual(told, [
			['/p/sub/file', '/p/data'],
			['/p/sub/file', '/p/data', '/p/data/below'],
		]);
	});
});

describe('a rule is behind a link by now', () => {
	const behind = [
		{ when: 'a link is at its path', paths: ['/p', '/p/data'], are: ['/p/data'] },
		{ when: 'a link to a file is at its path', paths: ['/p', '/p/conf'], are: ['/p/conf'] },
		{ when: 'a link leads to it', paths: ['/p', '/p/deep/link/below'], are: ['/p/deep/link/below'] },
		{ when: 'folders lead to it', paths: ['/p', '/p/sub', '/p/sub/file'], are: [] },
		{ when: 'nothing is there', paths: ['/p', '/p/later'], are: [] },
		{ when: 'it is nobody else’s', paths: ['/p/data'], are: [] },
	];
	for (const { when, paths, are } of behind) {
		test(`${are.length === 0 ? 'not ' : ''}where ${when}`, () => {
			const rules = rulesAt(paths);
			const found = behindLinks({ roots: [paths[0] ?? ''], rules }, madeHost().files);
			assert.deepEqual(
				found.map(({ root }) => root),
				are,
			);
		});
	}
});
