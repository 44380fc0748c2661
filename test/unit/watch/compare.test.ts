import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Found, judge, readFound } from '../../../src/watch/compare.ts';
import type { Look } from '../../../src/watch/host-files.ts';

const host = (more: Partial<Look> = {}): Look => ({
	kind: 'file',
	size: 3,
	modified: 1_700_000_000_900,
	changed: 1_700_000_000_900,
	mode: 0o644,
	inode: 1,
	born: 0,
	...more,
});
const found = (more: Partial<Found> = {}): Found => ({
	kind: 'file',
	size: 3,
	modified: 1_700_000_000,
	changed: 1_700_000_001,
	mode: 0o644,
	...more,
});

const cases = [
	{ when: 'all is the same', host: host(), found: found(), verdict: 'same' },
	{ when: 'it is missing', host: host(), found: undefined, verdict: 'different' },
	{ when: 'it should not be there', host: undefined, found: found(), verdict: 'different' },
	{ when: 'it is nowhere', host: undefined, found: undefined, verdict: 'same' },
	{ when: 'the size differs', host: host(), found: found({ size: 4 }), verdict: 'different' },
	{ when: 'the mode differs', host: host({ mode: 0o755 }), found: found(), verdict: 'different' },
	{ when: 'only the time differs', host: host(), found: found({ modified: 1 }), verdict: 'look inside' },
	{
		when: 'it was copied in the second of its change, and the program tells seconds',
		host: host(),
		found: found({ changed: 1_700_000_000 }),
		verdict: 'look inside',
	},
	{
		when: 'it was copied in the second of its change, and long after it',
		host: host(),
		found: found({ modified: 1_700_000_000.9, changed: 1_700_000_000.95 }),
		verdict: 'same',
	},
	{
		when: 'it was copied when a clock may have stood still since its change',
		host: host(),
		found: found({ modified: 1_700_000_000.9, changed: 1_700_000_000.91 }),
		verdict: 'look inside',
	},
	{
		when: 'it has another time within the second',
		host: host(),
		found: found({ modified: 1_700_000_000.901 }),
		verdict: 'look inside',
	},
	{
		when: 'a folder has another time',
		host: host({ kind: 'directory', size: 9 }),
		found: found({ kind: 'directory' }),
		verdict: 'same',
	},
	{ when: 'a folder stands for a file', host: host(), found: found({ kind: 'directory' }), verdict: 'different' },
	{
		when: 'it is a link, which may lead elsewhere',
		host: host({ kind: 'symlink' }),
		found: found({ kind: 'symlink' }),
		verdict: 'look inside',
	},
	{ when: 'it is a FIFO, which is never copied', host: host({ kind: 'other' }), found: undefined, verdict: 'same' },
] as const;

describe('judge', () => {
	for (const { when, host: wanted, found: there, verdict } of cases) {
		test(`${verdict} where ${when}`, () => assert.equal(judge(wanted, there), verdict));
	}
});

describe('readFound', () => {
	test('reads kinds, modes, sizes and times; names may have blanks', () => {
		const text =
			'81a4 3 1700000000 1700000009 2023-11-14 22:13:20.500000000 +0000|2023-11-14 22:13:29.250000000 +0000|/app/a b//\n' +
			'41ed 4096 1700000001 1700000009 2023-11-14 22:13:21|2023-11-14 22:13:29|/app//\n' +
			'a1ff 5 -1 1700000009 1969-12-31 23:59:59.000000000|?|/app/l|m//\nstat: nonsense\n';
		const changed = 1_700_000_009;
		assert.deepEqual(
			[...readFound(text)],
			[
				['/app/a b', { kind: 'file', mode: 0o644, size: 3, modified: 1_700_000_000.5, changed: changed + 0.25 }],
				['/app', { kind: 'directory', mode: 0o755, size: 4096, modified: 1_700_000_001, changed }],
				['/app/l|m', { kind: 'symlink', mode: 0o777, size: 5, modified: -1, changed }],
			],
		);
	});

	test('a name may have ends of lines', () => {
		assert.equal(readFound('81a4 3 1700000000 1 ||/app/a\nb\n//\n').has('/app/a\nb\n'), true);
	});
});
