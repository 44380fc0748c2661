import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bringUp } from '../../../src/use-cases/bring-up.ts';
import { restartServices } from '../../../src/use-cases/restart-services.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const db = service();
const web = service({ depends_on: { db: needs('service_started', { restart: true }) } });
const all = project({ services: { db, tool: service(), web } });
const withoutTool = project({ services: { db, web }, disabled: { tool: service({ profiles: ['tools'] }) } });

async function upBench() {
	const tools = bench({ images: { app: {} } });
	await bringUp(all, tools, {});
	tools.takeWrites();
	return tools;
}

const cases = [
	{ when: 'one is named: who asks for it comes along', project: all, services: ['db'], restarted: ['db', 'web'] },
	{ when: 'only the name is known: labels tell who comes along', services: ['db'], restarted: ['db', 'web'] },
	{
		when: 'nobody is named: a profile that is off keeps its service out',
		project: withoutTool,
		restarted: ['db', 'web'],
	},
	{
		when: 'a service is named whose profile is off',
		project: withoutTool,
		services: ['tool'],
		restarted: ['tool'],
	},
];

describe('restartServices', () => {
	for (const { when, project: file, services = [], restarted } of cases) {
		test(`when ${when}`, async () => {
			const tools = await upBench();
			await restartServices({ name: 'lab', project: file }, tools, { services });
			const said = tools.lines().filter((line) => line.endsWith(' Restarting'));
			assert.deepEqual(
				said,
				restarted.map((name) => `Container lab-${name}-1 Restarting`),
			);
			assert.ok(tools.takeWrites().every((call) => call.startsWith('restartContainer')));
		});
	}

	for (const file of [all, undefined]) {
		test(`a service that is not known is a failure ${file === undefined ? 'without' : 'with'} a file`, async () => {
			const tools = await upBench();
			const restart = restartServices({ name: 'lab', project: file }, tools, { services: ['nobody'] });
			await assert.rejects(restart, { code: 'SERVICE_UNKNOWN' });
			assert.deepEqual(tools.takeWrites(), []);
		});
	}
});
