import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { keepLooking, type Seen } from '../../../src/cli/keep-looking.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';

/** What is shown where each look is one of these, until nothing is left; a pause takes no time. */
async function shownWith(looks: readonly (() => Promise<number>)[]): Promise<readonly Seen<number>[]> {
	const shown: Seen<number>[] = [];
	const over = new AbortController();
	const left = [...looks];
	const look = (): Promise<number> => {
		const next = left.shift();
		if (next !== undefined) return next();
		over.abort();
		return Promise.reject(new Error('broken off'));
	};
	const show = async (seen: Seen<number>): Promise<void> => void shown.push(seen);
	await keepLooking(0, { look, show, pause: () => setImmediate(), over: over.signal });
	return shown;
}

const gone = (): Promise<number> => Promise.reject(new LabcError('ENGINE_UNREACHABLE', 'no engine answers'));

describe('a live picture', { timeout: 10_000 }, () => {
	test('is each time what was seen', async () => {
		assert.deepEqual(await shownWith([async () => 1, async () => 2]), [{ last: 0 }, { last: 1 }, { last: 2 }]);
	});

	test('stays and says why while nothing answers, and goes on when something does', async () => {
		const lack = 'no engine answers';
		assert.deepEqual(await shownWith([async () => 1, gone, gone, async () => 2]), [
			{ last: 0 },
			{ last: 1 },
			{ last: 1, lack },
			{ last: 1, lack },
			{ last: 2 },
		]);
	});

	test('says that an answer takes long, and shows it when it comes', async () => {
		const late = (turns: number) => async (): Promise<number> => {
			for (let turn = 0; turn < turns; turn += 1) await setImmediate();
			return 1;
		};
		const [first, waiting, ...rest] = await shownWith([late(8)]);
		assert.deepEqual([first, waiting], [{ last: 0 }, { last: 0, lack: 'there is no newer answer yet' }]);
		assert.deepEqual(rest.at(-1), { last: 1 });
		assert.deepEqual(await shownWith([late(1)]), [{ last: 0 }, { last: 1 }]);
	});

	test('ends while it waits for an answer that never comes', async () => {
		const over = new AbortController();
		const shown: Seen<number>[] = [];
		await keepLooking(0, {
			look: () => new Promise(() => undefined),
			show: async (seen) => {
				shown.push(seen);
				if (seen.lack !== undefined) over.abort();
			},
			pause: () => setImmediate(),
			over: over.signal,
		});
		assert.equal(shown.length, 2);
	});

	test('ends with an error that nobody foresaw', async () => {
		await assert.rejects(
			shownWith([
				() => {
					throw new TypeError('a defect');
				},
			]),
			/a defect/,
		);
		await assert.rejects(shownWith([() => Promise.reject(new TypeError('a defect'))]), /a defect/);
	});
});
