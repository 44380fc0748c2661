import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, test } from 'node:test';
import { confirm } from '../../../src/cli/confirm.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';

function terminal(input: string | undefined, inIsTerminal = true) {
	const stdin = new PassThrough();
	if (input !== undefined) stdin.end(input);
	const asked: string[] = [];
	const parts = { stdin, inIsTerminal, err: async (text: string | Uint8Array) => void asked.push(String(text)) };
	return { asked, terminal: parts as Partial<Record<keyof Terminal, unknown>> as Terminal };
}

const never = new AbortController().signal;

describe('confirm', () => {
	const cases = [
		{ input: 'y\n', yes: true },
		{ input: 'YES\n', yes: true },
		{ input: ' yes \n', yes: true },
		{ input: 'n\n', yes: false },
		{ input: '\n', yes: false },
		{ input: 'yes please\n', yes: false },
		{ input: '', yes: false },
	];
	for (const { input, yes } of cases) {
		test(`${JSON.stringify(input)} is ${yes ? 'a yes' : 'no yes'}`, async () => {
			const { terminal: typed, asked } = terminal(input);
			assert.equal(await confirm(typed, 'Lose it?', never), yes);
			assert.deepEqual(asked, ['Lose it? [y/N] ', ...(input === '' ? ['\n'] : [])]);
		});
	}

	test('an answer may come through a pipe, and the end of it is no', async () => {
		assert.equal(await confirm(terminal('y\n', false).terminal, 'Lose it?', never), true);
		assert.equal(await confirm(terminal('', false).terminal, 'Lose it?', never), false);
	});

	test('each question takes one line of what a pipe gives at once', async () => {
		const { terminal: piped } = terminal('n\ny\nyes', false);
		const answers: boolean[] = [];
		for (const question of ['1', '2', '3', '4']) answers.push(await confirm(piped, question, never));
		assert.deepEqual(answers, [false, true, true, false]);
	});

	test('after an interruption nothing is asked', async () => {
		const { terminal: typed, asked } = terminal('y\n');
		await assert.rejects(confirm(typed, 'Lose it?', AbortSignal.abort()), { code: 'INTERRUPTED' });
		assert.deepEqual(asked, []);
	});

	test('an interruption is no answer, and what follows does not stand behind the question', async () => {
		const interrupt = new AbortController();
		const { terminal: waiting, asked } = terminal(undefined);
		const answer = confirm(waiting, 'Lose it?', interrupt.signal);
		setImmediate(() => interrupt.abort());
		await assert.rejects(answer, { code: 'INTERRUPTED' });
		assert.deepEqual(asked, ['Lose it? [y/N] ', '\n']);
	});
});
