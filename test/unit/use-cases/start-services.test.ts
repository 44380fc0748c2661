import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { startServices } from '../../../src/use-cases/start-services.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const checked = { healthcheck: { test: ['CMD', 'true'] } };
const stack = project({
	services: {
		db: service(checked),
		web: service({ ...checked, depends_on: { db: needs('service_healthy') } }),
	},
});
const byFile = { name: 'lab', project: stack };
const byName = { name: 'lab', project: undefined };

async function createdBench() {
	const tools = bench({ images: { app: {} } });
	await bringUp(stack, tools, { start: false });
	tools.takeWrites();
	return tools;
}

describe('startServices', () => {
	for (const [how, target] of Object.entries({ 'its file': byFile, 'its labels': byName })) {
		test(`by ${how}, a service starts when what it needs is healthy`, async () => {
			const tools = await createdBench();
			await startServices(target, tools, { services: ['web'], wait: true });
			const said = tools.lines();
			assert.ok(said.indexOf('Container lab-db-1 Healthy') < said.indexOf('Container lab-web-1 Starting'), said.join());
			assert.ok(said.includes('Container lab-web-1 Healthy'));
		});
	}

	test('a project of which nothing is there cannot be started by its name', async () => {
		await assert.rejects(startServices(byName, bench(), { services: [] }), {
			code: 'CONTAINER_MISSING',
			message: 'no container found for project `lab`',
		});
	});

	test('without a file, a service that has no container is not known', async () => {
		const tools = await createdBench();
		await assert.rejects(startServices(byName, tools, { services: ['job'] }), { code: 'SERVICE_UNKNOWN' });
	});
});
