import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pullImages } from '../../../src/use-cases/pull-images.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const lab = project({ services: { bad: service({ image: 'bad:1' }), good: service({ image: 'good:1' }) } });
const options = { ignoreBuildable: false, noDeps: true };

describe('pullImages', () => {
	test('pulls what there is, and fails for what there is not', async () => {
		const tools = bench({ pullable: ['good:1'] });
		await assert.rejects(pullImages(lab, tools, { ...options, ignoresImageFailures: false }), {
			code: 'IMAGE_UNAVAILABLE',
		});
		assert.ok(tools.engine.world.images.has('good:1'));
	});

	test('tells of an image that cannot be had and goes on where failures are ignored', async () => {
		const tools = bench({ pullable: ['good:1'] });
		const warnings: string[] = [];
		const emit: typeof tools.emit = (event) => {
			if (event.type === 'warning') warnings.push(event.message);
		};
		await pullImages(lab, { ...tools, emit }, { ...options, ignoresImageFailures: true });
		assert.ok(tools.engine.world.images.has('good:1'));
		assert.deepEqual(warnings, ['service `bad`: cannot pull image `bad:1`: not found']);
	});
});
