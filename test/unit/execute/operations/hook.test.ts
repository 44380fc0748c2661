import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ExecOptions } from '../../../../src/engine/container-api.ts';
import type { Engine } from '../../../../src/engine/engine.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { hookHandlers } from '../../../../src/execute/operations/hook.ts';
import type { Hook } from '../../../../src/model/hook.ts';
import { stepRun } from './step-runs.ts';

const container = { name: 'lab-web-1', id: 'w' };

interface Scripted {
	readonly output?: readonly string[];
	readonly exitCode?: number;
	/** The output goes on after the program has ended. */
	readonly staysOpen?: boolean;
}

function runHook(hook: Hook, { output = [], exitCode = 0, staysOpen = false }: Scripted = {}) {
	const asked: ExecOptions[] = [];
	let looks = 0;
	let closed = false;
	async function* frames() {
		for (const text of output) yield { stream: 'stdout' as const, bytes: Buffer.from(text) };
		if (staysOpen) await new Promise(() => undefined);
	}
	const engine: Partial<Engine> = {
		createExec: async (_id, options) => {
			asked.push(options);
			return { id: 'e' };
		},
		startExec: async () => ({
			output: frames(),
			write: async () => undefined,
			endInput: () => undefined,
			close: () => {
				closed = true;
			},
		}),
		inspectExec: async () => {
			looks += 1;
			return { running: looks === 1, exitCode: looks === 1 ? undefined : exitCode };
		},
	};
	const { run, told } = stepRun(engine);
	const operation = { type: 'container.exec', service: 'web', container, phase: 'post_start', hook } as const;
	const done = hookHandlers['container.exec'](operation, run);
	const texts = () =>
		told.flatMap((event) => (event.type === 'hook.output' ? Buffer.from(event.bytes).toString() : []));
	return { done, asked, texts, isClosed: () => closed };
}

describe('container.exec', () => {
	test('the hook runs as it says, and its output is told in whole lines', async () => {
		const hook = {
			command: ['sh'],
			user: '1',
			working_dir: '/w',
			privileged: true,
			environment: { A: 'b', C: null },
		} as const;
		const { done, asked, texts, isClosed } = runHook(hook, { output: ['on', 'e\ntw', 'o'] });
		assert.deepEqual(await done, {});
		assert.deepEqual(asked, [
			{
				command: ['sh'],
				tty: false,
				stdin: false,
				environment: ['A=b', 'C'],
				user: '1',
				workingDir: '/w',
				privileged: true,
			},
		]);
		assert.deepEqual(texts(), ['one\n', 'two']);
		assert.equal(isClosed(), true);
	});

	test('one that fails ends the step with what it wrote', async () => {
		const { done } = runHook({ command: ['false'] }, { output: ['so\nbad\n'], exitCode: 8 });
		await assert.rejects(done, (error) => {
			assert.ok(error instanceof LabcError);
			assert.equal(error.code, 'HOOK_FAILED');
			assert.equal(
				error.message,
				'web hook exited with status 8: `post_start` of container lab-web-1\nit wrote:\n  so\n  bad',
			);
			return true;
		});
	});

	test('one that failed without a word is told so', async () => {
		await assert.rejects(runHook({ command: ['false'] }, { exitCode: 1 }).done, /it wrote nothing/);
	});

	test('a program left behind, with its output open, holds nobody up', async () => {
		const { done, isClosed } = runHook({ command: ['sh'] }, { output: ['x\n'], staysOpen: true });
		assert.deepEqual(await done, {});
		assert.equal(isClosed(), true);
	});
});
