import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askProgram } from '../../../src/programs/ask-program.ts';

const never = new AbortController().signal;
const shell = (script: string, { patience = 20_000, signal = never } = {}) =>
	askProgram('/bin/sh', ['-c', script], { env: {}, signal, patience });

describe('askProgram', () => {
	test('gives what a program prints', async () => {
		assert.deepEqual(await shell('echo one; echo two'), {
			status: 0,
			out: ['one', 'two'],
			text: 'one\ntwo',
		});
	});

	test('gives what it complains of', async () => {
		assert.deepEqual(await shell('echo one; echo bad >&2; exit 9'), {
			status: 9,
			out: ['one'],
			text: 'bad',
		});
	});

	test('tells that there is none', async () => {
		assert.equal(await askProgram('nvidia-smi', [], { env: { PATH: '' }, signal: never, patience: 1 }), undefined);
	});

	for (const script of ['exec /bin/sleep 5', 'trap "" TERM; /bin/sleep 5; /bin/sleep 5']) {
		test(`does not wait for \`${script}\`, as tools of a broken driver hang`, async () => {
			const start = performance.now();
			const answer = await shell(script, { patience: 200 });
			assert.deepEqual(answer, {
				status: undefined,
				out: [],
				text: 'it did not answer within 0.2 seconds',
			});
			assert.ok(performance.now() - start < 4000);
		});
	}

	test('is ended by its caller', async () => {
		await assert.rejects(shell('exec /bin/sleep 5', { signal: AbortSignal.timeout(100) }), /abort|timeout/i);
	});
});
