import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unixSeconds } from '../../../src/engine/unix-seconds.ts';

const cases = [
	{ when: 'an engine tells of a volume', time: '2026-03-01T12:00:05+01:00', is: 1772362805 },
	{ when: 'an engine tells of its own clock', time: '2026-03-01T11:00:05.987654321Z', is: 1772362805 },
	{ when: 'is none', time: 'yesterday', is: undefined },
	{ when: 'is not there', time: undefined, is: undefined },
];

describe('unixSeconds reads a time that', () => {
	for (const { when, time, is } of cases) test(when, () => assert.equal(unixSeconds(time), is));
});
