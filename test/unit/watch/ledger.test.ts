import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CopySource } from '../../../src/watch/decide.ts';
import { newLedger } from '../../../src/watch/ledger.ts';
import { compileRule } from '../../../src/watch/rules.ts';

const rule = compileRule({
	service: 'a',
	index: 0,
	declared: { path: '/p', action: 'sync', target: '/app' },
	ignoreFile: undefined,
});
const copies = (...names: readonly string[]): ReadonlyMap<string, CopySource> =>
	new Map(names.map((name) => [`/app/${name}`, { hostPath: `/p/${name}`, rule }]));

describe('a ledger', () => {
	test('wants what changed of each container it knows, once', () => {
		const ledger = newLedger();
		ledger.add('one');
		ledger.add('two');
		ledger.note(copies('a', 'b'));
		assert.deepEqual([...ledger.take('one').keys()], ['/app/a', '/app/b']);
		assert.deepEqual([ledger.hasWork('one'), ledger.hasWork('two')], [false, true]);
		assert.equal(ledger.take('one').size, 0);
	});

	test('remembers for a container that comes later', () => {
		const ledger = newLedger();
		ledger.note(copies('a'));
		ledger.add('late');
		assert.equal(ledger.hasWork('late'), false);
		ledger.mark('late', ledger.entries.keys());
		assert.deepEqual([...ledger.take('late').keys()], ['/app/a']);
	});

	test('wants again what could not be done, together with what came meanwhile', () => {
		const ledger = newLedger();
		ledger.add('one');
		ledger.note(copies('a'));
		const taken = ledger.take('one');
		ledger.note(copies('b'));
		ledger.mark('one', taken.keys());
		assert.deepEqual([...ledger.take('one').keys()].sort(), ['/app/a', '/app/b']);
	});

	test('forgets a container, and is asked in vain for one', () => {
		const ledger = newLedger();
		ledger.add('one');
		ledger.note(copies('a'));
		ledger.remove('one');
		ledger.mark('one', ['/app/a']);
		assert.equal(ledger.hasWork('one'), false);
		assert.equal(ledger.take('one').size, 0);
	});
});
