import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { openJsonDoor } from '../../src/engine/docker/json-door.ts';
import { openFakeEngine } from '../support/fake-engine.ts';

const connect = path.join(import.meta.dirname, '../../src/engine/docker/connect.ts');

describe('reads', () => {
	test('cost one call each; neither they nor changes, copies nor events load dockerode, which logs do', async () => {
		await using fake = await openFakeEngine((_, response) => response.end('[]'));
		const script = `
			const { createRequire } = await import('node:module');
			const { connectEngine } = await import(${JSON.stringify(connect)});
			const engine = await connectEngine({ host: ${JSON.stringify(fake.host)}, env: {}, homeDir: '/' });
			const loaded = () => Object.keys(createRequire(${JSON.stringify(connect)}).cache).some((file) => file.includes('dockerode'));
			await Promise.all([engine.listContainers(['a']), engine.listNetworks({}), engine.listVolumes({}), engine.findImage('x')]);
			await engine.removeVolume('x');
			await engine.startContainer('x');
			await engine.putArchive('x', [new Uint8Array(1024)], { path: '/', asContainerUser: false });
			await engine.containerEvents([], AbortSignal.timeout(5000));
			const before = loaded();
			await engine.containerLogs('x', { follow: false, tty: false }, AbortSignal.timeout(5000));
			console.log(JSON.stringify([before, loaded()]));
			process.exit();
		`;
		const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
		assert.deepEqual(JSON.parse(stdout), [false, true]);
		assert.equal(fake.seen.filter((call) => call.startsWith('GET') && !/events|logs/.test(call)).length, 4);
	});

	test('an engine that never answers is given up', async () => {
		await using fake = await openFakeEngine(() => {});
		const socketPath = fake.host.replace('unix://', '');
		const door = openJsonDoor({ kind: 'unix', socketPath, address: fake.host, origin: 'a test' }, { timeoutMs: 50 });
		await assert.rejects(door.send({ method: 'GET', path: '/containers/json' }), { name: 'TimeoutError' });
	});

	test('a caller may give up sooner', async () => {
		await using fake = await openFakeEngine(() => {});
		const socketPath = fake.host.replace('unix://', '');
		const door = openJsonDoor({ kind: 'unix', socketPath, address: fake.host, origin: 'a test' });
		await assert.rejects(door.send({ method: 'GET', path: '/containers/json', signal: AbortSignal.abort() }), {
			name: 'AbortError',
		});
	});
});
