import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { connectEngine } from '../../src/engine/docker/connect.ts';
import type { LabcError } from '../../src/errors/labc-error.ts';
import { testRuntimes } from '../support/runtimes.ts';

const source = path.join(import.meta.dirname, '../..');

describe('an engine that does not answer', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'labc-faults-'));
	let server: Server;
	let rude: ReturnType<typeof createTcpServer>;
	let web = '';

	before(async () => {
		chmodSync(folder, 0o755);
		writeFileSync(path.join(folder, 'file.sock'), '');
		server = createServer((_, response) => response.end('hello'));
		await new Promise<void>((resolve) => server.listen(path.join(folder, 'closed.sock'), resolve));
		chmodSync(path.join(folder, 'closed.sock'), 0o600);
		rude = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
		await new Promise<void>((resolve) => rude.listen(path.join(folder, 'hangup.sock'), resolve));
		web = await listenOnTcp();
	});

	after(() => {
		server.close();
		rude.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function listenOnTcp(): Promise<string> {
		const other = createServer((_, response) => response.end('hello'));
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		other.unref();
		return `tcp://127.0.0.1:${(other.address() as AddressInfo).port}`;
	}

	const cases = [
		{ when: 'there is no socket', host: () => `unix://${folder}/none.sock`, says: /there is no such socket/ },
		{ when: 'the socket is a file', host: () => `unix://${folder}/file.sock`, says: /connection refused/ },
		{ when: 'nobody listens on the port', host: freePort, says: /connection refused/ },
		{ when: 'it hangs up without an answer', host: () => `unix://${folder}/hangup.sock`, says: /broke off$/ },
		{ when: 'something else listens on the port', host: () => web, says: /is not a Docker engine/ },
		{
			when: 'the host name is unknown',
			host: () => 'tcp://no-such-host.invalid:2375',
			says: /the host name is unknown/,
		},
	];
	for (const { when, host, says } of cases) {
		for (const runtime of testRuntimes()) {
			test(`when ${when}, on ${runtime.name}`, async () => {
				const error = await failureOn(runtime.program, await host());
				assert.equal(error.code, 'ENGINE_UNREACHABLE');
				assert.match(error.message, says);
				assert.ok(error.hint);
			});
		}
	}

	for (const runtime of testRuntimes()) {
		const skip = process.getuid?.() === 0 ? false : 'only root can act as another user';
		test(`when the socket is somebody else's, on ${runtime.name}`, { skip }, async () => {
			const error = await failureOn(runtime.program, `unix://${folder}/closed.sock`, 65534);
			assert.equal(error.code, 'ENGINE_UNREACHABLE');
			assert.match(error.message, /permission denied/);
			assert.match(error.hint ?? '', /Join the group/);
		});
	}

	test('connecting itself asks nothing', async () => {
		await assert.doesNotReject(connectEngine({ host: `unix://${folder}/none.sock`, env: {}, homeDir: folder }));
	});

	test('a write meets the same words', async () => {
		const engine = await connectEngine({ host: `unix://${folder}/none.sock`, env: {}, homeDir: folder });
		await assert.rejects(engine.createVolume({ name: 'x' }, {}), { code: 'ENGINE_UNREACHABLE' });
	});
});

type Failure = Pick<LabcError, 'code' | 'message' | 'hint'>;

/** A first read in a program of its own: on that runtime, as that user. */
async function failureOn(program: string, host: string, uid?: number): Promise<Failure> {
	const script = `
		const { connectEngine } = await import(${JSON.stringify(path.join(source, 'src/engine/docker/connect.ts'))});
		const engine = await connectEngine({ host: ${JSON.stringify(host)}, env: {}, homeDir: '/' });
		await engine.listContainers([]).catch(({ code, message, hint }) => console.log(JSON.stringify({ code, message, hint })));
	`;
	const { stdout } = await promisify(execFile)(program, ['--input-type=module', '-e', script], {
		env: { PATH: process.env['PATH'] ?? '' },
		cwd: '/',
		...(uid !== undefined && { uid, gid: uid }),
	});
	return JSON.parse(stdout);
}

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
	const probe = createTcpServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return `tcp://127.0.0.1:${port}`;
}
