import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { previewUp } from '../../../src/use-cases/preview-up.ts';
import { project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const stack = project({ services: { web: service({ environment: { MODE: 'a' } }) } });
const changed = project({ services: { web: service({ environment: { MODE: 'b' } }) } });

describe('previewUp', () => {
	test('shows pulls, networks and containers of a project that is not there, and writes nothing', async () => {
		const tools = bench();
		const text = formatPlan(await previewUp(stack, tools, {}));
		for (const part of [
			'image.pull app',
			'network.create lab_default',
			'container.create lab-web-1',
			'container.start',
		]) {
			assert.ok(text.includes(part), text);
		}
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('is empty where everything is as declared', async () => {
		const tools = bench({ images: { app: {} } });
		await bringUp(stack, tools, {});
		assert.equal(formatPlan(await previewUp(stack, tools, {})), '');
	});

	test('names the attribute that changed', async () => {
		const tools = bench({ images: { app: {} } });
		await bringUp(stack, tools, {});
		tools.takeWrites();
		const text = formatPlan(await previewUp(changed, tools, {}));
		assert.match(text, /MODE/);
		assert.deepEqual(tools.takeWrites(), []);
	});
});
