import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../src/errors/findings.ts';

describe('Findings', () => {
	test('keep an error once for each attribute', () => {
		const findings = new Findings();
		for (const path of [['a'], ['a'], ['b']]) findings.error('VALUE_INVALID', 'wrong', { path });
		assert.deepEqual(
			findings.errors.map(({ path }) => path),
			['a', 'b'],
		);
	});

	test('are full after a hundred errors', () => {
		const findings = new Findings();
		for (let index = 0; index < 200; index += 1) findings.error('VALUE_INVALID', `wrong ${index}`);
		assert.equal(findings.errors.length, 100);
		assert.ok(findings.isFull);
	});

	test('show a huge value by its ends, so that the reason behind it can be read', () => {
		const findings = new Findings();
		findings.error('VALUE_INVALID', `\`${'😀'.repeat(100_000)}\` is no colour`);
		const message = findings.errors[0]?.message ?? '';
		assert.ok(message.length < 600 && message.startsWith('`😀') && message.endsWith('😀` is no colour'), message);
		assert.ok(message.isWellFormed());
	});

	test('take over what was found apart from them, without saying anything twice', () => {
		const [findings, others] = [new Findings(), new Findings()];
		for (const each of [findings, others]) {
			each.error('VALUE_INVALID', 'wrong');
			each.warning('BOOLEAN_WORD', 'odd');
		}
		others.error('VALUE_INVALID', 'wrong too');
		findings.addAll(others);
		assert.deepEqual(
			[...findings.errors, ...findings.warnings].map(({ message }) => message),
			['wrong', 'wrong too', 'odd'],
		);
	});

	test('are empty until something is found', () => {
		const findings = new Findings();
		assert.ok(findings.isEmpty);
		findings.warning('BOOLEAN_WORD', 'odd');
		assert.ok(!findings.isEmpty && !findings.hasErrors);
	});
});
