import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import { runExec } from '../../src/execute/run-exec.ts';
import { type FileContent, tarPieces } from '../../src/execute/tar-archive.ts';
import { containerSpec } from '../support/container-spec.ts';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';

const mib = 2 ** 20;

describe('an archive that is sent while it is read', { skip: (await whyNoTestEngine()) ?? false }, () => {
	let engine: Engine;
	let id: string;
	before(async () => {
		engine = await connectTestEngine();
		const name = `labct-archive-${randomBytes(4).toString('hex')}`;
		id = (await engine.createContainer(containerSpec(name, { service: { command: ['sleep', '600'], init: true } }))).id;
		await engine.startContainer(id);
	});
	after(() => engine.removeContainer(id, { force: true, volumes: true }));

	const archive = (path: string, content: FileContent) =>
		tarPieces([{ kind: 'file', path, content, mode: 0o644, uid: 0, gid: 0, modified: 1_700_000_000 }]);
	const options = { path: '/', asContainerUser: false };

	/** What a program prints in the container. */
	const told = async (...command: string[]): Promise<string> => {
		let text = '';
		await runExec(engine, { containerId: id, options: { command, tty: false, stdin: false } }, ({ bytes }) => {
			text += Buffer.from(bytes).toString();
		});
		return text;
	};

	test('comes whole, and is read as fast as it goes away', async () => {
		const piece = randomBytes(mib);
		const hash = createHash('sha256');
		// Pieces that are read without a pause between them are all in memory.
		let [atOnce, most] = [0, 0];
		const turns = setInterval(() => {
			atOnce = 0;
		});
		const content: FileContent = {
			length: 96 * mib,
			*pieces() {
				for (let read = 0; read < 96; read += 1) {
					atOnce += 1;
					most = Math.max(most, atOnce);
					hash.update(piece);
					yield piece;
				}
			},
		};
		await engine.putArchive(id, archive('tmp/large', content), options).finally(() => clearInterval(turns));
		assert.equal(await told('sha256sum', '/tmp/large'), `${hash.digest('hex')}  /tmp/large\n`);
		assert.ok(most <= 16, `${most} MiB were read at once`);
	});

	test('ends with what its source throws, and the engine takes the next one', async () => {
		const broken: FileContent = {
			length: 8 * mib,
			*pieces() {
				yield Buffer.alloc(mib);
				throw new RangeError('the file became shorter');
			},
		};
		await assert.rejects(engine.putArchive(id, archive('tmp/broken', broken), options), RangeError);
		const small: FileContent = { length: 2, pieces: () => [Buffer.from('ok')] };
		await engine.putArchive(id, archive('tmp/small', small), options);
		assert.equal(await told('cat', '/tmp/small'), 'ok');
	});

	test('that the engine refuses is refused in its words, however much is still to come', async () => {
		const content: FileContent = {
			length: 64 * mib,
			pieces: () => Array.from({ length: 64 }, () => Buffer.alloc(mib)),
		};
		await assert.rejects(engine.putArchive(id, archive('large', content), { ...options, path: '/none' }), {
			code: 'ENGINE_NOT_FOUND',
		});
	});
});
