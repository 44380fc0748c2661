import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printing } from './commands.ts';
import { rejects, type Suite, texts } from './suite.ts';

export function describeOutput({ engine, create }: Suite): void {
	test('logs keep stdout and stderr apart', async () => {
		const used = await engine();
		const { id } = await create('logged', { service: { command: printing } });
		await used.startContainer(id);
		await used.waitContainer(id, 'not-running');
		const { signal } = new AbortController();
		for (const follow of [false, true]) {
			const frames = await used.containerLogs(id, { follow, tty: false }, signal);
			assert.deepEqual(await texts(frames), { stdout: 'out\n', stderr: 'err\n' });
		}
	});

	test('following ends when its signal aborts', async () => {
		const used = await engine();
		const { id } = await create('followed');
		await used.startContainer(id);
		const stop = new AbortController();
		const frames = await used.containerLogs(id, { follow: true, tty: false }, stop.signal);
		const read = texts(frames);
		stop.abort();
		assert.deepEqual(await read, { stdout: '', stderr: '' });
	});

	test('an attached container is read from its first byte', async () => {
		const used = await engine();
		const { id } = await create('attached', { service: { command: printing } });
		const stream = await used.attachContainer(id, { tty: false, stdin: false });
		await used.startContainer(id);
		assert.deepEqual(await texts(stream.output), { stdout: 'out\n', stderr: 'err\n' });
		stream.close();
	});

	test('a command inside a running container prints and ends with its own status', async () => {
		const used = await engine();
		const { id } = await create('exec');
		const options = { tty: false, stdin: false };
		await rejects(used.createExec(id, { ...options, command: ['sh', '-c', 'exit 7'] }), 'ENGINE_CONFLICT');
		await used.startContainer(id);
		const inside = await used.createExec(id, { ...options, command: ['sh', '-c', 'echo inside'] });
		const stream = await used.startExec(inside.id, options);
		assert.deepEqual(await texts(stream.output), { stdout: 'inside\n', stderr: '' });
		const failing = await used.createExec(id, { ...options, command: ['sh', '-c', 'exit 7'] });
		await texts((await used.startExec(failing.id, options)).output);
		assert.deepEqual(await used.inspectExec(failing.id), { running: false, exitCode: 7 });
		await rejects(used.inspectExec('0123456789'), 'ENGINE_NOT_FOUND');
	});
}
