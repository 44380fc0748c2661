import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPlan } from '../../../src/plan/format-plan.ts';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { previewRun } from '../../../src/use-cases/preview-run.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { runRequestFor } from '../../support/run-requests.ts';
import { bench } from '../../support/run-tools.ts';

const job = service({ depends_on: { db: needs('service_started') } });
const lab = project({ services: { db: service(), job } });
const ownName = 'lab-job-run-abababababab';

describe('previewRun', () => {
	test('shows what a first run pulls, makes and starts, its own container last, and writes nothing', async () => {
		const tools = bench();
		const plan = await previewRun(lab, tools, runRequestFor('job', job));
		const text = formatPlan(plan);
		for (const part of ['image.pull app', 'network.create lab_default', 'container.start lab-db-1']) {
			assert.ok(text.includes(part), text);
		}
		assert.match(
			text.split('\n').findLast((line) => line.startsWith(String(plan.steps.length))) ?? '',
			/container\.create/,
		);
		assert.ok(text.includes(`container.create ${ownName}`), text);
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('shows the one container where all it needs is there', async () => {
		const tools = bench({ images: { app: {} } });
		await bringUp(lab, tools, {});
		tools.takeWrites();
		const plan = await previewRun(lab, tools, runRequestFor('job', job));
		assert.equal(formatPlan(plan), `1 container.create ${ownName}: one-off container`);
		assert.deepEqual(tools.takeWrites(), []);
	});

	test('leaves dependencies out when told to', async () => {
		const tools = bench({ images: { app: {} } });
		const plan = await previewRun(lab, tools, runRequestFor('job', job, { noDeps: true, name: 'mine' }));
		assert.deepEqual(
			plan.steps.map(({ operation }) => operation.type),
			['network.create', 'container.create'],
		);
		assert.match(formatPlan(plan), /container\.create mine/);
	});
});
