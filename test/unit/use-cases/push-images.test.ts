import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pushImages } from '../../../src/use-cases/push-images.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const build = { context: '/srv' };
const at = { file: 'compose.yaml', line: 2, column: 3, lineText: '' };
const lab = project({
	services: {
		bad: service({ image: 'r/bad:1', build }),
		good: service({ image: 'r/good:1', build: { ...build, tags: ['r/good:2'] } }),
	},
});
const images = { 'r/bad:1': {}, 'r/good:1': {}, 'r/good:2': {} };
const refused = ['r/bad:1'];

describe('pushImages', () => {
	test('pushes what it can and ends with the place of what it can’t', async () => {
		const tools = bench({ images, refused });
		await assert.rejects(pushImages(lab, tools, { noDeps: true, ignoresImageFailures: false, locate: () => at }), {
			code: 'PUSH_FAILED',
			message: 'service `bad`: cannot push image `r/bad:1`: denied',
			at,
		});
		assert.deepEqual([...tools.engine.world.pushed].sort(), ['r/good:1', 'r/good:2']);
		assert.ok(tools.lines().includes('Image r/good:1 Pushed'));
	});

	test('ends well where failures are ignored', async () => {
		const tools = bench({ images, refused });
		await pushImages(lab, tools, { noDeps: true, ignoresImageFailures: true });
		assert.deepEqual([...tools.engine.world.pushed].sort(), ['r/good:1', 'r/good:2']);
		assert.ok(tools.lines().some((line) => line.startsWith('warning service `bad`: cannot push')));
	});

	test('changes nothing of the project, and so waits for nobody’s lock', async () => {
		const tools = bench({ images });
		await pushImages(lab, tools, { noDeps: true, ignoresImageFailures: false });
		assert.deepEqual(tools.locks, []);
	});

	test('says that there is nothing to push', async () => {
		const tools = bench();
		const plain = project({ services: { db: service({ image: 'db:1' }) } });
		await pushImages(plain, tools, { noDeps: true, ignoresImageFailures: false });
		assert.deepEqual(tools.lines(), ['warning no images to push']);
	});
});
