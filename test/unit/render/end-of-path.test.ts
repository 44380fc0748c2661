import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endOfPath } from '../../../src/render/end-of-path.ts';

describe('the end of a path', () => {
	for (const { path, width, shown } of [
		{ path: 'src/pkg/index.js', width: 16, shown: 'src/pkg/index.js' },
		{ path: 'src/pkg/index.js', width: 15, shown: '…/pkg/index.js' },
		{ path: 'src/pkg/index.js', width: 10, shown: '…/index.js' },
		{ path: 'src/pkg/index.js', width: 6, shown: '…ex.js' },
		{ path: '/src/index.js', width: 12, shown: '…/index.js' },
		{ path: 'a-very-long-name', width: 5, shown: '…name' },
		{ path: 'src/数据数据', width: 7, shown: '…据数据' },
	]) {
		test(`${path} in ${width} columns: ${shown}`, () => assert.equal(endOfPath(path, width), shown));
	}
});
