import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectionOf } from '../../../src/cli/connection.ts';

type Values = Parameters<typeof connectionOf>[1];

const off: Values = { interactive: undefined, 'no-tty': undefined, 'no-TTY': undefined, tty: undefined };

const cases: readonly { when: string; terminals: string; values?: Partial<Values>; tty: boolean; input: boolean }[] = [
	{ when: 'both ends are terminals', terminals: 'in out', tty: true, input: true },
	{ when: 'the output goes into a pipe', terminals: 'in', tty: false, input: true },
	{ when: 'the input comes from a pipe', terminals: 'out', tty: false, input: true },
	{ when: '-T is given', terminals: 'in out', values: { 'no-tty': true }, tty: false, input: true },
	{ when: '--no-TTY is given', terminals: 'in out', values: { 'no-TTY': true }, tty: false, input: true },
	{ when: '-t is given before a pipe', terminals: 'in', values: { tty: true }, tty: true, input: true },
	{ when: '--tty=false is given', terminals: 'in out', values: { tty: false }, tty: false, input: true },
	{ when: 'no input is wanted', terminals: 'in out', values: { interactive: false }, tty: true, input: false },
	{ when: '-t without input', terminals: '', values: { tty: true, interactive: false }, tty: true, input: false },
];

const connect = (terminals: string, values: Partial<Values>) =>
	connectionOf(
		{ inIsTerminal: terminals.includes('in'), outIsTerminal: terminals.includes('out') },
		{ ...off, ...values },
	);

describe('connectionOf', () => {
	for (const { when, terminals, values = {}, tty, input } of cases) {
		test(`when ${when}`, () => assert.deepEqual(connect(terminals, values), { tty, input }));
	}

	test('refuses -t where the input is no terminal', () => {
		assert.throws(() => connect('out', { tty: true }), { code: 'TERMINAL_UNAVAILABLE' });
	});

	test('refuses -t together with -T', () => {
		assert.throws(() => connect('in out', { tty: true, 'no-tty': true }), { code: 'USAGE_INVALID' });
	});
});
