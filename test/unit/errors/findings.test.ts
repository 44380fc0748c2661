import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../src/errors/findings.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

describe('Findings', () => {
	test('keep an error once for each attribute', () => {
		const findings = new Findings();
		for (const path of [['a'], ['a'], ['b']]) findings.error('VALUE_INVALID', 'wrong', { path });
		assert.deepEqual(
			findings.errors.map(({ path }) => path),
			['a', 'b'],
		);
	});

	const echoes: readonly { when: string; first: string; second: string; told: string[] }[] = [
		{ when: 'it is of the same place', first: 'a.b', second: 'a.b', told: ['a.b'] },
		{ when: 'it is of what is inside', first: 'a.b', second: 'a.b.c.0', told: ['a.b'] },
		{ when: 'it is of what is around', first: 'a.b', second: 'a', told: ['a.b', 'a'] },
		{ when: 'the name only starts alike', first: 'a.b', second: 'a.bc', told: ['a.b', 'a.bc'] },
	];
	for (const { when, first, second, told } of echoes) {
		test(`of a later step: whether one is an echo, when ${when}`, () => {
			const findings = new Findings();
			findings.error('VALUE_INVALID', 'first', { path: first.split('.') });
			findings.endStep();
			findings.error('VALUE_INVALID', 'second', { path: second.split('.') });
			assert.deepEqual(
				findings.errors.map(({ path }) => path),
				told,
			);
		});
	}

	test('of one step are told side by side', () => {
		const findings = new Findings();
		for (const message of ['one', 'two']) findings.error('VALUE_INVALID', message, { path: ['a'] });
		assert.equal(findings.errors.length, 2);
	});

	test('know what is wrong at a place or inside', () => {
		const findings = new Findings();
		findings.error('VALUE_INVALID', 'wrong', { path: ['a', 'b', 0] });
		assert.deepEqual(
			[['a'], ['a', 'b'], ['a', 'b', 0], ['a', 'c'], ['a', 'b', 0, 'd']].map((path) => findings.hasErrorAt(path)),
			[true, true, true, false, false],
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

	test('hide what turns out to be secret everywhere, also in what was found before', () => {
		const findings = new Findings();
		const place = { path: ['networks', 'topsecret'], hint: 'Declare `topsecret`.' };
		findings.error('VALUE_INVALID', 'no `topsecret`', place);
		findings.warning('BOOLEAN_WORD', 'odd `topsecret`', place);
		findings.hide(['topsecret\n']);
		const told = JSON.stringify([findings.errors, findings.warnings]);
		assert.ok(!told.includes('topsecret') && told.includes('networks.••••'), told);
		assert.ok(findings.hasErrorAt(['networks', 'topsecret']));
	});

	test('hide it in an error that ends the load at once', () => {
		const findings = new Findings();
		findings.hide(['topsecret']);
		const told = findings.toldError(new LabcError('SOURCE_NOT_FOUND', 'no `topsecret`', { hint: 'Make `topsecret`.' }));
		assert.ok(told instanceof LabcError && told.message === 'no `••••`' && told.hint === 'Make `••••`.');
	});
});
