import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { openJsonDoor } from '../../src/engine/docker/json-door.ts';
import { openFakeEngine } from '../support/fake-engine.ts';

const connect = path.join(import.meta.dirname, '../../src/engine/docker/connect.ts');

describe('reads', () => {
	test('cost one call each and never load dockerode', async () => {
		await using fake = await openFakeEngine((_, response) => response.end('[]'));
		const script = `
			const { createRequire } = await import('node:module');
			const { connectEngine } = await import(${JSON.stringify(connect)});
			const engine = await connectEngine({ host: ${JSON.stringify(fake.host)}, env: {}, homeDir: '/' });
			const loaded = () => Object.keys(createRequire(${JSON.stringify(connect)}).cache).some((file) => file.includes('dockerode'));
			await Promise.all([engine.listContainers(['a']), engine.listNetworks({}), engine.listVolumes({}), engine.findImage('x')]);
			const afterReads = loaded();
			await engine.removeVolume('x').catch(() => {});
			console.log(JSON.stringify([afterReads, loaded()]));
		`;
		const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
		assert.deepEqual(JSON.parse(stdout), [false, true]);
		assert.equal(fake.seen.filter((call) => call.startsWith('GET')).length, 4);
	});

	test('an engine that never answers is given up', async () => {
		await using fake = await openFakeEngine(() => {});
		const socketPath = fake.host.replace('unix://', '');
		const door = openJsonDoor({ kind: 'unix', socketPath, address: fake.host, origin: 'a test' }, { timeoutMs: 50 });
		await assert.rejects(door.get('/containers/json'), { name: 'TimeoutError' });
	});

	test('a caller may give up sooner', async () => {
		await using fake = await openFakeEngine(() => {});
		const socketPath = fake.host.replace('unix://', '');
		const door = openJsonDoor({ kind: 'unix', socketPath, address: fake.host, origin: 'a test' });
		await assert.rejects(door.get('/containers/json', AbortSignal.abort()), { name: 'AbortError' });
	});
});
