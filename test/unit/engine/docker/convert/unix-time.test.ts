import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unixTime } from '../../../../../src/engine/docker/convert/unix-time.ts';

const cases = [
	{ when: 'the second is whole', seconds: 1795314271, nanoseconds: 1795314271e9, text: '1795314271.000000000' },
	{ when: 'there is a part', seconds: 5, nanoseconds: 5_000_000_042, text: '5.000000042' },
	{ when: 'rounding would step back before the second', seconds: 5, nanoseconds: 4_999_999_999, text: '5.000000000' },
	{ when: 'rounding would step into the next one', seconds: 5, nanoseconds: 6_000_000_000, text: '5.999999999' },
];

describe('unixTime', () => {
	for (const { when, seconds, nanoseconds, text } of cases) {
		test(`when ${when}`, () => assert.equal(unixTime(seconds, nanoseconds), text));
	}
});
