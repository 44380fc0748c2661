import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Look } from '../../../src/watch/host-files.ts';
import { newLayouts } from '../../../src/watch/layout.ts';
import { compileRule, type Rule } from '../../../src/watch/rules.ts';

const rule = (index: number, path: string, target: string): Rule =>
	compileRule({ service: 'a', index, declared: { path, action: 'sync', target }, ignoreFile: undefined });
const a = rule(0, '/a', '/app');
const b = rule(1, '/b', '/app/sub');

function layout(host: Readonly<Record<string, Look['kind']>>, rules: readonly Rule[] = [a, b]) {
	const look = (path: string): Look | undefined => {
		const kind = host[path];
		return kind && { kind, size: 0, modified: 0, changed: 0, mode: 0o644, inode: 1, born: 0 };
	};
	return newLayouts(rules)({ look });
}
const placed = (of: Rule, hostPath: string, target: string) => ({ target, source: { hostPath, rule: of } });

describe('where two rules of a service meet', () => {
	const both = {
		'/a': 'directory',
		'/a/sub': 'directory',
		'/a/sub/f': 'file',
		'/b': 'directory',
		'/b/f': 'file',
	} as const;

	test('the later one’s content counts where both have something', () => {
		assert.equal(layout(both).at(placed(a, '/a/sub/f', '/app/sub/f'))?.source.hostPath, '/b/f');
	});

	test('the earlier one’s counts where the later one has nothing', () => {
		const { '/b/f': _, ...host } = both;
		assert.equal(layout(host).at(placed(b, '/b/f', '/app/sub/f'))?.source.hostPath, '/a/sub/f');
	});

	test('a folder that is gone on one side stays for the other one', () => {
		const there = layout({ '/a': 'directory', '/b': 'directory' }).at(placed(a, '/a/sub', '/app/sub'));
		assert.equal(there?.source.hostPath, '/b');
	});

	test('a file of one rule buries what another one has below it', () => {
		const host = { '/a': 'directory', '/a/sub': 'directory', '/a/sub/f': 'directory', '/a/sub/f/g': 'file' } as const;
		const buried = { ...host, '/b': 'directory', '/b/f': 'file' } as const;
		const path = placed(a, '/a/sub/f/g', '/app/sub/f/g');
		assert.equal(layout(host).at(path)?.target, '/app/sub/f/g');
		assert.equal(layout(buried).at(path), undefined);
		assert.deepEqual(
			layout(buried)
				.above(path)
				.map(({ source }) => source.hostPath),
			['/b', '/b/f'],
		);
	});

	test('a rule that is for a file buries nothing: a file never takes the place of a target that is a folder', () => {
		const one = rule(0, '/one', '/app');
		const other = rule(1, '/other', '/app/other');
		const { at } = layout({ '/one': 'file', '/other': 'file' }, [one, other]);
		assert.equal(at(placed(other, '/other', '/app/other'))?.source.hostPath, '/other');
	});

	test('what another rule may have something below is shared, and nothing else is', () => {
		const { isShared } = layout({ '/a': 'directory' });
		assert.equal(isShared(placed(a, '/a/sub', '/app/sub')), true);
		assert.equal(isShared(placed(a, '/a/other', '/app/other')), false);
		assert.equal(isShared(placed(b, '/b/x', '/app/sub/x')), false);
	});

	test('folders that another rule had above a target are known, so that they go when they are empty', () => {
		const deep = rule(1, '/b', '/app/sub/deep');
		const { above, aboveOfOthers } = layout({ '/a': 'directory' }, [a, deep]);
		const target = placed(deep, '/b', '/app/sub/deep');
		assert.deepEqual(above(target), []);
		assert.deepEqual(aboveOfOthers(target), [placed(a, '/a/sub', '/app/sub')]);
	});

	test('a target that another rule has as a folder of its own is no mere target', () => {
		const { isTarget } = layout(both);
		assert.equal(isTarget(placed(b, '/b', '/app/sub')), false);
		assert.equal(isTarget(placed(a, '/a', '/app')), true);
	});
});

test('rules with targets apart have nothing to do with each other', () => {
	const apart = rule(1, '/b', '/else');
	const { at, isShared, isTarget } = layout({ '/a': 'directory', '/a/f': 'file' }, [a, apart]);
	assert.equal(at(placed(a, '/a/f', '/app/f'))?.target, '/app/f');
	assert.equal(at(placed(a, '/a/g', '/app/g')), undefined);
	assert.equal(isShared(placed(a, '/a/sub', '/app/sub')), false);
	assert.equal(isTarget(placed(apart, '/b', '/else')), true);
});
