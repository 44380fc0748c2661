import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { targetOf } from '../../../src/watch/decide.ts';
import { withFileTargets } from '../../../src/watch/file-targets.ts';
import { compileRule } from '../../../src/watch/rules.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const cases = [
	{ when: 'a file goes into the folder', path: '/p/one.conf', target: '/app/', goesTo: '/app/one.conf' },
	{ when: 'a file without a slash goes to the target', path: '/p/one.conf', target: '/app', goesTo: '/app' },
	{ when: 'a folder becomes the target', path: '/p/d', target: '/app/', goesTo: '/app' },
	{ when: 'what is not there yet may become a folder', path: '/p/later', target: '/app/', goesTo: '/app' },
	{ when: 'a file goes to the root', path: '/p/one.conf', target: '/', goesTo: '/one.conf' },
];

describe('where a target that ends with a slash is', () => {
	for (const { when, path, target, goesTo } of cases) {
		test(when, () => {
			const host = new MemoryHost('/p');
			host.put('/p/one.conf', 'file', '');
			host.put('/p/d', 'directory', '');
			const declared = { path, action: 'sync', target } as const;
			const rule = compileRule({ service: 'a', index: 0, declared, ignoreFile: undefined });
			const places = withFileTargets([rule], host.files).map((each) => targetOf(each, path));
			assert.deepEqual(places, [goesTo]);
		});
	}
});
