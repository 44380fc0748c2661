import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildTargets } from '../../../src/execute/build-targets.ts';
import { project, service } from '../../support/plan-cases.ts';

const build = (contexts: Readonly<Record<string, string>> = {}) => ({
	build: { context: '/src', additional_contexts: contexts },
});
const lab = project({
	services: {
		app: service(build({ lib: 'service:lib', more: '/more' })),
		lib: service(build({ base: 'service:base', back: 'service:app' })),
		base: service(build()),
		bad: service(build({ x: 'service:plain' })),
		plain: service(),
	},
});
const built = (...names: readonly string[]): readonly string[] =>
	buildTargets(lab, names).map(({ service: name }) => name);

describe('buildTargets', () => {
	test('what has no build is not built', () => assert.deepEqual(built('plain', 'base'), ['base']));

	test('those whose images a build takes files from are built with it, each once', () => {
		assert.deepEqual(built('app').toSorted(), ['app', 'base', 'lib']);
		assert.deepEqual(built('base', 'lib').toSorted(), ['app', 'base', 'lib']);
	});

	test('an image that the file names can be pushed, one that is named after the project can’t', () => {
		const { image: _, ...plain } = service(build());
		const named = project({ services: { own: service({ ...build(), image: 'r/own:1' }), plain } });
		assert.deepEqual(
			buildTargets(named, ['own', 'plain']).map(({ image, isNamed }) => [image, isNamed]),
			[
				['r/own:1', true],
				['lab-plain', undefined],
			],
		);
	});

	test('a platform that the environment asks for and the build does not know is refused', () => {
		const fixed = { ...service(), platform: 'linux/arm64', build: { context: '/src', platforms: ['linux/amd64'] } };
		assert.throws(() => buildTargets(project({ services: { fixed } }), ['fixed']), {
			code: 'MODEL_INVALID',
			message: 'service `fixed` is not built for `linux/arm64`',
			hint: /DOCKER_DEFAULT_PLATFORM/,
		});
	});

	test('those that are not selected themselves are found too', () => {
		const { app, ...others } = Object.fromEntries(lab.services);
		assert.ok(app);
		const alone = { ...lab, services: new Map([['app', app]]), disabledServices: new Map(Object.entries(others)) };
		const names = buildTargets(alone, ['app']).map(({ service: name }) => name);
		assert.deepEqual(names.toSorted(), ['app', 'base', 'lib']);
	});

	test('an image that nobody builds can’t be taken from', () => {
		assert.throws(() => built('bad'), {
			code: 'MODEL_INVALID',
			message: /service `bad` takes files from service `plain`/,
		});
	});
});
