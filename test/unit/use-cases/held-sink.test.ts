import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { holdSink } from '../../../src/use-cases/held-sink.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('holdSink', () => {
	test('takes nothing until it is opened, then everything in order', async () => {
		const taken: string[] = [];
		const sink = holdSink({
			out: async (text) => void taken.push(`out ${text}`),
			err: async (text) => void taken.push(`err ${text}`),
		});
		const writes = [sink.out('1'), sink.err('2'), sink.out('3')];
		await settled();
		assert.deepEqual(taken, []);
		sink.open();
		await Promise.all(writes);
		assert.deepEqual(taken, ['out 1', 'err 2', 'out 3']);
	});

	test('can be held again', async () => {
		const taken: string[] = [];
		const sink = holdSink({ out: async (text) => void taken.push(String(text)), err: async () => undefined });
		sink.open();
		await sink.out('1');
		sink.hold();
		const held = sink.out('2');
		await settled();
		assert.deepEqual(taken, ['1']);
		sink.open();
		await held;
		assert.deepEqual(taken, ['1', '2']);
	});
});
