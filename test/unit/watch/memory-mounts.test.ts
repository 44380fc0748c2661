import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryMounts } from '../../../src/watch/memory-mounts.ts';

const isInMemory = memoryMounts({
	tmpfs: ['/run', '/app/cache/:size=1m'],
	volumes: [
		{ type: 'tmpfs', target: '/memory' },
		{ type: 'volume', source: 'kept', target: '/memory/kept' },
		{ type: 'volume', source: 'data', target: '/data' },
	],
});

for (const [target, expected] of [
	['/run', true],
	['/run/a/b', true],
	['/running', false],
	['/app/cache/a', true],
	['/app', false],
	['/memory/a', true],
	['/memory/kept/a', false],
	['/data/a', false],
] as const) {
	test(`${target} is ${expected ? '' : 'not '}seen by the running container alone`, () => {
		assert.equal(isInMemory(target), expected);
	});
}
