import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hmacSha256, sha256 } from '../../../src/sources/sha256.ts';

describe('sha256', () => {
	test('is the one of the standard', () => {
		assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
	});

	test('of several texts is that of all in a row', () => assert.equal(sha256('a', '', 'bc'), sha256('abc')));

	test('of no text is that of an empty one', () => assert.equal(sha256(), sha256('')));
});

describe('hmacSha256', () => {
	test('is the one of the standard', () => {
		assert.equal(
			hmacSha256('Jefe', 'what do ya want for nothing?'),
			'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		);
	});

	test('is another one for another key', () => assert.notEqual(hmacSha256('a', 'text'), hmacSha256('b', 'text')));
});
