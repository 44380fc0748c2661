/** Moves much data through containers and reports what arrived; started by `streams.test.ts` on each runtime. */
import type { Engine } from '../../src/engine/engine.ts';
import type { DuplexStream, OutputFrames } from '../../src/engine/streams.ts';
import { containerSpec } from '../support/container-spec.ts';
import { connectTestEngine } from '../support/test-engine.ts';

/** What arrived, in bytes, and how much memory it took. */
export interface ProbeReport {
	readonly counted: number;
	readonly echoed: number;
	readonly logged: number;
	readonly peakMiB: number;
}

const mebibyte = new Uint8Array(1024 * 1024).fill(97);
const [name = '', mark = ''] = process.argv.slice(2);
const labels = { 'labc.test': mark };

let peak = 0;
const watch = setInterval(() => {
	peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const engine = await connectTestEngine();
const report: Omit<ProbeReport, 'peakMiB'> = {
	counted: await countInput(engine),
	echoed: await echoThroughExec(engine),
	logged: await readLogs(engine),
};
clearInterval(watch);
process.stdout.write(JSON.stringify({ ...report, peakMiB: Math.round(peak / 2 ** 20) }));

async function countInput(engine: Engine): Promise<number> {
	const { id } = await engine.createContainer(
		containerSpec(`${name}-count`, {
			labels,
			service: { command: ['wc', '-c'], stdin_open: true },
			oneOff: { autoRemove: true, input: true },
		}),
	);
	const stream = await engine.attachContainer(id, { tty: false, stdin: true });
	await engine.startContainer(id);
	const [text] = await Promise.all([textOf(stream.output), feed(stream, 300)]);
	return Number(text);
}

async function echoThroughExec(engine: Engine): Promise<number> {
	const { id } = await engine.createContainer(containerSpec(`${name}-echo`, { labels }));
	await engine.startContainer(id);
	const exec = await engine.createExec(id, { command: ['cat'], tty: false, stdin: true });
	const stream = await engine.startExec(exec.id, { tty: false, stdin: true });
	const [length] = await Promise.all([lengthOf(stream.output), feed(stream, 100)]);
	return length;
}

async function readLogs(engine: Engine): Promise<number> {
	const command = ['sh', '-c', `yes ${'0123456789'.repeat(12)} | head -c 20971520`];
	const { id } = await engine.createContainer(containerSpec(`${name}-logs`, { labels, service: { command } }));
	await engine.startContainer(id);
	await engine.waitContainer(id, 'not-running');
	const { signal } = new AbortController();
	return lengthOf(await engine.containerLogs(id, { follow: false, tty: false }, signal));
}

async function feed(stream: DuplexStream, mebibytes: number): Promise<void> {
	for (let sent = 0; sent < mebibytes; sent += 1) await stream.write(mebibyte);
	stream.endInput();
}

async function textOf(frames: OutputFrames): Promise<string> {
	let text = '';
	for await (const { bytes } of frames) text += Buffer.from(bytes).toString();
	return text;
}

async function lengthOf(frames: OutputFrames): Promise<number> {
	let length = 0;
	for await (const { bytes } of frames) length += bytes.length;
	return length;
}
