import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Engine } from '../../src/engine/engine.ts';
import { containerSpec, type SpecChanges } from '../support/container-spec.ts';
import { testRuntimes } from '../support/runtimes.ts';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';
import type { ProbeReport } from './stream-probe.ts';

const skip = (await whyNoTestEngine()) ?? false;

describe('streams of a real engine', { skip }, () => {
	const mark = `labct-${randomBytes(4).toString('hex')}`;
	let engine: Engine;
	let made = 0;

	before(async () => {
		engine = await connectTestEngine();
	});

	after(async () => {
		for (const { id } of await engine.listContainers([`labc.test=${mark}`])) {
			await engine.removeContainer(id, { force: true, volumes: true });
		}
	});

	async function started(changes: SpecChanges): Promise<string> {
		made += 1;
		const { id } = await engine.createContainer(
			containerSpec(`${mark}-${made}`, { ...changes, labels: { 'labc.test': mark } }),
		);
		await engine.startContainer(id);
		return id;
	}

	for (const { name, program } of testRuntimes()) {
		test(`300 MiB in, 100 MiB through and 20 MiB of logs arrive whole in little memory, on ${name}`, async () => {
			const probe = path.join(import.meta.dirname, 'stream-probe.ts');
			const { stdout } = await promisify(execFile)(program, [probe, `${mark}-${name.toLowerCase()}`, mark]);
			const report: ProbeReport = JSON.parse(stdout);
			assert.equal(report.counted, 300 * 1024 * 1024);
			assert.equal(report.echoed, 100 * 1024 * 1024);
			assert.equal(report.logged, 20 * 1024 * 1024);
			assert.ok(report.peakMiB < 250, `it took ${report.peakMiB} MiB`);
		});
	}

	test('a terminal is one raw stream, of the size it was given', async () => {
		const id = await started({});
		const exec = await engine.createExec(id, {
			command: ['sh', '-c', 'stty size; echo both >&2; exit 4'],
			tty: true,
			stdin: false,
			consoleSize: { columns: 101, rows: 33 },
		});
		const stream = await engine.startExec(exec.id, { tty: true, stdin: false });
		assert.equal(await textOf(stream.output), '33 101\r\nboth\r\n');
		assert.deepEqual(await engine.inspectExec(exec.id), { running: false, exitCode: 4 });
	});

	test('a resized terminal tells the program inside', async () => {
		const id = await started({});
		const exec = await engine.createExec(id, {
			command: ['sh', '-c', 'read line; stty size'],
			tty: true,
			stdin: true,
		});
		const stream = await engine.startExec(exec.id, { tty: true, stdin: true });
		await engine.resizeExec(exec.id, { columns: 77, rows: 11 });
		await stream.write(Buffer.from('go\n'));
		assert.match(await textOf(stream.output), /11 77\r\n$/);
	});

	test('closing leaves the program inside alone', async () => {
		const id = await started({ service: { stdin_open: true, command: ['cat'] } });
		const stream = await engine.attachContainer(id, { tty: false, stdin: true });
		const read = textOf(stream.output);
		stream.close();
		await read;
		assert.equal((await engine.inspectContainer(id)).state.running, true);
	});

	test('logs since an event tell only what came after', async () => {
		const id = await started({ service: { command: ['sh', '-c', 'echo early; sleep 1.2; echo late'] } });
		const stop = new AbortController();
		const events = await engine.containerEvents([`labc.test=${mark}`], stop.signal);
		let since = '';
		for await (const { action, containerId, time } of events) {
			if (action !== 'die' || containerId !== id) continue;
			since = time;
			break;
		}
		stop.abort();
		const { signal } = new AbortController();
		assert.equal(await textOf(await engine.containerLogs(id, { follow: false, tty: false, since }, signal)), '');
		assert.equal(
			await textOf(await engine.containerLogs(id, { follow: false, tty: false, tail: 1 }, signal)),
			'late\n',
		);
		const stamped = await engine.containerLogs(id, { follow: false, tty: false, timestamps: true }, signal);
		assert.match(await textOf(stamped), /^\d{4}-\d\d-\d\dT\S+ early\n\d{4}-\S+ late\n$/);
	});
});

async function textOf(frames: AsyncIterable<{ readonly bytes: Uint8Array }>): Promise<string> {
	let text = '';
	for await (const { bytes } of frames) text += Buffer.from(bytes).toString();
	return text;
}
