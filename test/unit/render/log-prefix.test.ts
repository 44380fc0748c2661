import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLogPrefixes } from '../../../src/render/log-prefix.ts';

describe('log prefixes', () => {
	test('are aligned to the longest name that is expected', () => {
		const prefixes = createLogPrefixes({ colour: false });
		prefixes.expect('tensorboard-1');
		assert.equal(prefixes.of('web-1', 'web'), 'web-1          | ');
		assert.equal(prefixes.of('tensorboard-1', 'tensorboard'), 'tensorboard-1  | ');
	});

	test('grow when a longer name appears', () => {
		const prefixes = createLogPrefixes({ colour: false });
		assert.equal(prefixes.of('a-1', 'a'), 'a-1  | ');
		assert.equal(prefixes.of('longer-1', 'longer'), 'longer-1  | ');
		assert.equal(prefixes.of('a-1', 'a'), 'a-1       | ');
	});

	test('give each service a colour of its own, shared by its replicas', () => {
		const prefixes = createLogPrefixes({ colour: true });
		assert.equal(prefixes.of('a-1', 'a'), '\u001b[36ma-1  | \u001b[0m');
		assert.equal(prefixes.of('b-1', 'b'), '\u001b[33mb-1  | \u001b[0m');
		assert.equal(prefixes.of('a-2', 'a'), '\u001b[36ma-2  | \u001b[0m');
	});

	test('begin the colours anew after the tenth service', () => {
		const prefixes = createLogPrefixes({ colour: true });
		const used = Array.from({ length: 11 }, (_, index) => prefixes.of('x', `s${index}`));
		assert.equal(new Set(used).size, 10);
		assert.equal(used[10], used[0]);
	});
});
