import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	afterCreate,
	afterPause,
	afterSurvey,
	firstMove,
	type Move,
	type SeenLock,
} from '../../../src/lock/protocol.ts';

/** `1 own, 2 dead` */
const locks = (text: string): readonly SeenLock[] =>
	text === ''
		? []
		: text.split(', ').map((each) => {
				const [number = '', verdict = ''] = each.split(' ');
				return { number: Number(number), verdict: verdict as SeenLock['verdict'] };
			});
const lock = (text: string): SeenLock => locks(text)[0] ?? assert.fail(text);

const created: readonly { readonly found: string; readonly move: Move }[] = [
	{ found: '1 own', move: { do: 'survey', own: 1 } },
	{ found: '1 dead', move: { do: 'create', number: 2 } },
	{ found: '3 dead', move: { do: 'create', number: 4 } },
	{ found: '1 alive', move: { do: 'pause', blocker: lock('1 alive') } },
	{ found: '2 unknown', move: { do: 'pause', blocker: lock('2 unknown') } },
];

describe('after the making of a volume that turned out to be', () => {
	for (const { found, move } of created) test(found, () => assert.deepEqual(afterCreate(lock(found)), move));
});

const surveyed: readonly { readonly own?: number; readonly seen: string; readonly move: Move }[] = [
	{ own: 1, seen: '1 own', move: { do: 'hold', own: 1, dead: [] } },
	{ own: 3, seen: '1 dead, 2 dead, 3 own', move: { do: 'hold', own: 3, dead: [1, 2] } },
	{ own: 2, seen: '1 dead, 2 own, 3 alive', move: { do: 'withdraw', own: 2, blocker: lock('3 alive') } },
	{ own: 2, seen: '1 unknown, 2 own', move: { do: 'withdraw', own: 2, blocker: lock('1 unknown') } },
	{ own: 1, seen: '', move: { do: 'pause', blocker: undefined } },
	{ own: 1, seen: '1 alive', move: { do: 'pause', blocker: lock('1 alive') } },
	{ own: 2, seen: '1 own', move: { do: 'withdraw', own: 1, blocker: undefined } },
	{ seen: '', move: { do: 'create', number: 1 } },
	{ seen: '1 dead', move: { do: 'create', number: 2 } },
	{ seen: '2 dead, 5 dead', move: { do: 'create', number: 6 } },
	{ seen: '1 dead, 2 alive', move: { do: 'pause', blocker: lock('2 alive') } },
	{ seen: '1 own', move: { do: 'withdraw', own: 1, blocker: undefined } },
];

describe('after a list', () => {
	for (const { own, seen, move } of surveyed) {
		test(`of \`${seen}\` ${own === undefined ? 'before a try' : `with ${own} won`}`, () =>
			assert.deepEqual(afterSurvey(own, locks(seen)), move));
	}

	test('a try begins without one, and a pause ends with one', () => {
		assert.deepEqual(firstMove, { do: 'create', number: 1 });
		assert.deepEqual(afterPause(), { do: 'survey', own: undefined });
	});
});
