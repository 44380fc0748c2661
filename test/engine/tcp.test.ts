import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';
import { homedir } from 'node:os';
import { describe, test } from 'node:test';
import { connectEngine, locateEngine } from '../../src/engine/docker/connect.ts';
import { containerSpec } from '../support/container-spec.ts';
import { whyNoTestEngine } from '../support/test-engine.ts';

const request = { env: process.env, homeDir: homedir() };
const skip = (await whyNoTestEngine()) ?? false;

describe('an engine on tcp', { skip }, () => {
	test('is read, written and attached to like one on a socket', async () => {
		await using relay = await openRelay();
		const engine = await connectEngine({ ...request, host: relay.host });
		const { id } = await engine.createContainer(
			containerSpec(`labct-${randomBytes(4).toString('hex')}`, {
				service: { command: ['cat'], stdin_open: true },
				oneOff: { autoRemove: true, input: true },
			}),
		);
		assert.equal((await engine.inspectContainer(id)).state.status, 'created');
		const stream = await engine.attachContainer(id, { tty: false, stdin: true });
		await engine.startContainer(id);
		await stream.write(Buffer.from('through tcp'));
		stream.endInput();
		let text = '';
		for await (const { bytes } of stream.output) text += Buffer.from(bytes).toString();
		assert.equal(text, 'through tcp');
	});
});

/** Passes a tcp port on to the engine's socket. */
async function openRelay(): Promise<AsyncDisposable & { readonly host: string }> {
	const endpoint = locateEngine(request);
	const target =
		endpoint.kind === 'unix' ? { path: endpoint.socketPath } : { host: endpoint.host, port: endpoint.port };
	const server = createServer({ allowHalfOpen: true }, (client) => {
		const engine = connect({ ...target, allowHalfOpen: true });
		client.pipe(engine).pipe(client);
		client.on('error', () => engine.destroy());
		engine.on('error', () => client.destroy());
		client.unref();
		engine.unref();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: async () => {
			server.close();
		},
	};
}
