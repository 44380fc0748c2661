import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { pinImages } from '../../../src/use-cases/pin-images.ts';

const digests: Readonly<Record<string, string>> = {
	'docker.io/library/redis:7': 'sha256:aa',
	'docker.io/library/base:latest': 'sha256:bb',
	'r.example:5000/a/b:1': 'sha256:cc',
};

/** An engine whose registries know the digests above, and what it was asked. */
function fakeEngine() {
	const asked: string[] = [];
	const resolveDigest = async (reference: string): Promise<string> => {
		asked.push(reference);
		const digest = digests[reference];
		if (digest === undefined) throw new LabcError('IMAGE_UNAVAILABLE', `no manifest of \`${reference}\``);
		return digest;
	};
	return { asked, sources: { engine: async () => ({ resolveDigest }), signal: new AbortController().signal } };
}

describe('pinImages', () => {
	const cases = [
		{ image: 'redis:7', pinned: 'docker.io/library/redis:7@sha256:aa', asked: ['docker.io/library/redis:7'] },
		{ image: 'base', pinned: 'docker.io/library/base:latest@sha256:bb', asked: ['docker.io/library/base:latest'] },
		{ image: 'r.example:5000/a/b:1', pinned: 'r.example:5000/a/b:1@sha256:cc', asked: ['r.example:5000/a/b:1'] },
	];
	for (const { image, pinned, asked } of cases) {
		test(`${image} gets the digest its registry tells`, async () => {
			const engine = fakeEngine();
			assert.deepEqual([...(await pinImages(new Map([['a', image]]), engine.sources))], [['a', pinned]]);
			assert.deepEqual(engine.asked, asked);
		});
	}

	test('an image with a digest stays, and nobody is asked', async () => {
		const engine = fakeEngine();
		const digest = `sha256:${'0'.repeat(64)}`;
		const pinned = await pinImages(new Map([['a', `redis@${digest}`]]), engine.sources);
		assert.match(pinned.get('a') ?? '', new RegExp(`redis@${digest}$`));
		assert.deepEqual(engine.asked, []);
	});

	test('an image that no registry has ends it', async () => {
		await assert.rejects(pinImages(new Map([['a', 'gone:1']]), fakeEngine().sources), { code: 'IMAGE_UNAVAILABLE' });
	});
});
