import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { leadWithFile } from '../../../src/watch/lead-with-file.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const host = new MemoryHost('/p');
host.put('/p/new/deep/file', 'file', '1');
host.put('/p/new/link', 'symlink', 'to');

describe('what is named of several paths', () => {
	const cases = [
		{ when: 'a file that came with its folders', paths: ['/p/new', '/p/new/deep', '/p/new/deep/file', '/p/new/link'] },
		{ when: 'a file that is gone', paths: ['/p/new', '/p/gone', '/p/new/deep/file'] },
		{ when: 'the first path, where it is a file', paths: ['/p/new/deep/file', '/p/new'] },
		{ when: 'a folder, where nothing else changed', paths: ['/p/new', '/p/new/deep'] },
		{ when: 'nothing, where there is nothing', paths: [] },
	];
	const first = ['/p/new/deep/file', '/p/gone', '/p/new/deep/file', '/p/new', undefined];
	for (const [nth, { when, paths }] of cases.entries()) {
		test(`is ${when}`, () => {
			const led = leadWithFile(paths, host.files);
			assert.equal(led[0], first[nth]);
			assert.deepEqual([...led].sort(), [...paths].sort());
		});
	}

	test('looks no further than it must', () => {
		const looked: string[] = [];
		const look = (file: string) => {
			looked.push(file);
			return host.files.look(file);
		};
		leadWithFile(['/p/new', '/p/new/link', '/p/new/deep/file'], { look });
		assert.deepEqual(looked, ['/p/new', '/p/new/link']);
	});
});
