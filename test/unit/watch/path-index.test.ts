import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newPathIndex } from '../../../src/watch/path-index.ts';

const cases: readonly { readonly when: string; readonly from: string; readonly found: readonly string[] }[] = [
	{ when: 'a path that was added, with what is below it', from: '/app/d', found: ['/app/d', '/app/d/e/f'] },
	{ when: 'a folder that was not added itself', from: '/app/d/e', found: ['/app/d/e/f'] },
	{ when: 'a path with nothing below it', from: '/app/dd', found: ['/app/dd'] },
	{ when: 'a path that nobody added', from: '/app/x', found: [] },
	{ when: 'the root', from: '/', found: ['/app/d', '/app/d/e/f', '/app/dd', '/etc/g'] },
];

describe('an index of paths', () => {
	for (const { when, from, found } of cases) {
		test(`finds ${when}`, () => {
			const index = newPathIndex();
			for (const each of ['/app/d/e/f', '/app/d', '/app/dd', '/etc/g', '/app/d']) index.add(each);
			assert.deepEqual([...index.from(from)].sort(), found);
		});
	}
});
