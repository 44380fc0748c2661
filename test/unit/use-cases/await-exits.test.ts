import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awaitExits } from '../../../src/use-cases/await-exits.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const ends = { quick: { exitAfterMs: 20, exitCode: 3 }, slow: { exitAfterMs: 60, exitCode: 4 } };
const stack = project({ services: { quick: service(), slow: service(), stays: service() } });

async function upBench() {
	const tools = bench({
		images: { app: {} },
		behaviour: ({ labels }) => ({ ...ends[labels['com.docker.compose.service'] as keyof typeof ends] }),
	});
	await bringUp(stack, tools, {});
	return tools;
}

async function wait(tools: Awaited<ReturnType<typeof upBench>>, services: readonly string[]) {
	const codes: number[] = [];
	const status = await awaitExits('lab', tools, {
		services,
		onExit: async ({ exitCode }) => void codes.push(exitCode),
	});
	return { codes, status };
}

describe('awaitExits', () => {
	test('tells each end and gives the exit code of the last', async () => {
		assert.deepEqual(await wait(await upBench(), ['slow', 'quick']), { codes: [3, 4], status: 4 });
	});

	test('waits for the named services only', async () => {
		assert.deepEqual(await wait(await upBench(), ['quick']), { codes: [3], status: 3 });
	});

	test('what has ended already is not waited for', async () => {
		const tools = await upBench();
		await wait(tools, ['quick']);
		await assert.rejects(wait(tools, ['quick']), {
			code: 'CONTAINER_MISSING',
			message: 'no containers for project `lab`: nothing runs of `quick`',
		});
	});

	test('an interruption ends the waiting', async () => {
		const tools = await upBench();
		const waiting = wait(tools, ['stays']);
		setImmediate(() => tools.interrupt.abort(new DOMException('SIGINT', 'AbortError')));
		await assert.rejects(waiting, { name: 'AbortError' });
	});
});
