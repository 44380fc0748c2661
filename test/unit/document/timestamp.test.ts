import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timestampOf } from '../../../src/document/timestamp.ts';

describe('timestampOf', () => {
	const moments: readonly { text: string; means: string }[] = [
		{ text: '2001-01-01', means: '2001-01-01T00:00:00Z' },
		{ text: '2001-1-1', means: '2001-01-01T00:00:00Z' },
		{ text: '2000-02-29', means: '2000-02-29T00:00:00Z' },
		{ text: '0000-02-29', means: '0000-02-29T00:00:00Z' },
		{ text: '2001-12-31T23:59:59Z', means: '2001-12-31T23:59:59Z' },
		{ text: '2001-12-14t21:59:43.10-05:00', means: '2001-12-14T21:59:43.1-05:00' },
		{ text: '2001-12-14T1:2:3,000+00:00', means: '2001-12-14T01:02:03Z' },
		{ text: '2001-12-14T01:02:03.1234567891Z', means: '2001-12-14T01:02:03.123456789Z' },
		{ text: '2001-12-15 2:59:43.10', means: '2001-12-15T02:59:43.1Z' },
		{ text: '2001-12-15   02:59:43', means: '2001-12-15T02:59:43Z' },
	];
	for (const { text, means } of moments) {
		test(`\`${text}\` is a moment`, () => assert.equal(timestampOf(text), means));
	}

	const texts = [
		'2001-13-01',
		'2001-00-01',
		'2001-01-00',
		'2001-02-29',
		'1900-02-29',
		'2001-04-31',
		'2001-01-01T24:00:00Z',
		'2001-01-01T00:60:00Z',
		'2001-01-01T00:00:60Z',
		'2001-01-01T00:00:00',
		'2001-01-01T00:00:00+5',
		'2001-01-01T00:00:00+25:00',
		'2001-01-01 00:00:00Z',
		'2001-01-01 00:00',
		'2001-01-01\t00:00:00',
		'2001-01',
		'01-01-2001',
		'20010-01-01',
		'12:00:00',
		'x2001-01-01',
	];
	for (const text of texts) test(`\`${text}\` is text`, () => assert.equal(timestampOf(text), undefined));
});
