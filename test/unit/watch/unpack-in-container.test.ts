import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { ExecCalls } from '../../../src/execute/run-exec.ts';
import { unpackInContainer } from '../../../src/watch/unpack-in-container.ts';

/** An engine whose command ends with a status, having said something. */
function engine(exitCode: number, said = '') {
	const taken: string[] = [];
	let hasEnded = false;
	const calls: ExecCalls = {
		createExec: async () => ({ id: 'e' }),
		startExec: async (_, { stdin }) => {
			assert.equal(stdin, true);
			return {
				output: (async function* () {
					yield { stream: 'stderr' as const, bytes: Buffer.from(said) };
				})(),
				write: async (bytes) => void taken.push(Buffer.from(bytes).toString()),
				endInput: () => {
					hasEnded = true;
				},
				close: () => undefined,
			};
		},
		inspectExec: async () => ({ running: false, exitCode }),
	};
	return { calls, taken, hasEnded: () => hasEnded };
}
const pieces = ['one', 'two'].map((text) => Buffer.from(text));

describe('unpacking in a container', () => {
	test('gives all of the archive to its tar, and ends it', async () => {
		const { calls, taken, hasEnded } = engine(0);
		assert.equal(await unpackInContainer(calls, 'c', pieces), true);
		assert.deepEqual([taken, hasEnded()], [['one', 'two'], true]);
	});

	test('is not possible without a tar', async () => {
		assert.equal(await unpackInContainer(engine(127).calls, 'c', pieces), false);
	});

	test('is refused with the words of tar', async () => {
		await assert.rejects(
			unpackInContainer(engine(1, 'no space left\n').calls, 'c', pieces),
			new LabcError('ENGINE_REFUSED', 'no space left'),
		);
	});

	test('fails as what is read fails', async () => {
		const broken = (function* () {
			yield Buffer.from('one');
			throw new Error('became shorter');
		})();
		await assert.rejects(unpackInContainer(engine(1, 'unexpected end').calls, 'c', broken), /became shorter/);
	});
});
