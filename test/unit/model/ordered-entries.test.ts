import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderedEntries } from '../../../src/model/ordered-entries.ts';

test('keys that look like integers are sorted as text with the others', () => {
	assert.deepEqual(
		orderedEntries({ 10: 'b', 9: 'c', a: 'd', '-': 'a' }).map(([key]) => key),
		['-', '10', '9', 'a'],
	);
});

test('an attribute structure keeps its own order', () => {
	assert.deepEqual(
		orderedEntries({ mode: 1, host_ip: 2, target: 3 }).map(([key]) => key),
		['mode', 'host_ip', 'target'],
	);
});
