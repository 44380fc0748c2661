import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filters, withQuery } from '../../../../src/engine/docker/query.ts';

describe('withQuery', () => {
	test('leaves out what is undefined', () => assert.equal(withQuery('/x', { a: undefined }), '/x'));
	test('escapes values', () =>
		assert.equal(withQuery('/x', { a: '1&2', b: undefined, c: '{"k"}' }), '/x?a=1%262&c=%7B%22k%22%7D'));
});

describe('filters', () => {
	test('is undefined where nothing is asked', () => assert.equal(filters({ label: [], name: undefined }), undefined));
	test('keeps what is asked', () => assert.equal(filters({ label: ['a=b', 'c'], name: [] }), '{"label":["a=b","c"]}'));
});
