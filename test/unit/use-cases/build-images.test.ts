import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { buildImages } from '../../../src/use-cases/build-images.ts';
import { needs, project, service } from '../../support/plan-cases.ts';
import { bench } from '../../support/run-tools.ts';

const build = { context: '/lab' };
const { image: _, ...plain } = service();
const stack = project({
	services: {
		base: { ...plain, build },
		db: service(),
		web: { ...plain, build, depends_on: { base: needs('service_started') } },
	},
});

const cases: readonly { when: string; services: readonly string[]; noDeps: boolean; built: readonly string[] }[] = [
	{ when: 'nobody is named', services: [], noDeps: true, built: ['base', 'web'] },
	{ when: 'one is named', services: ['web'], noDeps: true, built: ['web'] },
	{ when: 'one is named with its dependencies', services: ['web'], noDeps: false, built: ['base', 'web'] },
];

describe('buildImages', () => {
	for (const { when, services, noDeps, built } of cases) {
		test(`builds ${built.join(' and ')} in one go when ${when}`, async () => {
			const tools = bench({ images: { 'lab-web': {} } });
			await buildImages(stack, tools, { services, noDeps, builds: { noCache: true } });
			assert.deepEqual(
				tools.built.map(({ targets }) => targets.map((target) => target.service)),
				[built],
			);
			assert.equal(tools.built[0]?.options.noCache, true);
		});
	}

	test('says so when nothing can be built', async () => {
		const tools = bench();
		await buildImages(stack, tools, { services: ['db'], noDeps: true, builds: {} });
		assert.deepEqual(tools.lines(), ['warning no services to build']);
	});

	test('a failed build is the command’s failure', async () => {
		const buildError = new LabcError('BUILD_FAILED', 'web: exit code 7');
		await assert.rejects(buildImages(stack, bench({ buildError }), { builds: {} }), buildError);
	});
});
