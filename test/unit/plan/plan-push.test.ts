import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type PushOptions, planPush } from '../../../src/plan/plan-push.ts';
import { needs, project, service } from '../../support/plan-cases.ts';

const { image: _, ...nameless } = service();
const build = { context: '/srv' };
const lab = project({
	services: {
		app: service({ image: 'r/app:1', build, depends_on: { lib: needs('service_started') } }),
		lib: service({ image: 'r/lib:1', build: { ...build, tags: ['r/lib:2', 'r/app:1', 'r/lib:2'] } }),
		nameless: { ...nameless, build: { ...build, tags: ['r/nameless:1'] } },
		plain: service({ image: 'db:1' }),
		twin: service({ image: 'r/app:1', build }),
	},
});

const cases: readonly {
	readonly when: string;
	readonly options?: Partial<PushOptions>;
	readonly pushes: readonly string[];
	readonly warns?: readonly string[];
}[] = [
	{
		when: 'no service is named',
		pushes: ['r/app:1', 'r/lib:1', 'r/lib:2'],
		warns: ['service `nameless` is not pushed: it has no `image`'],
	},
	{ when: 'a service is named', options: { services: ['app'] }, pushes: ['r/app:1'] },
	{
		when: 'its dependencies are wanted',
		options: { services: ['app'], noDeps: false },
		pushes: ['r/app:1', 'r/lib:1', 'r/lib:2'],
	},
	{
		when: 'nothing is built for what is named',
		options: { services: ['plain'] },
		pushes: [],
		warns: ['service `plain` is not pushed: it has no `build`'],
	},
	{
		when: 'the image that is named has no name',
		options: { services: ['nameless'] },
		pushes: [],
		warns: ['service `nameless` is not pushed: it has no `image`'],
	},
];

describe('planPush', () => {
	for (const { when, options, pushes, warns = [] } of cases) {
		test(`pushes ${pushes.join(', ') || 'nothing'} when ${when}`, () => {
			const { steps, warnings } = planPush(lab, { noDeps: true, ...options });
			const pushed = steps.flatMap(({ operation }) => (operation.type === 'image.push' ? [operation.image] : []));
			assert.deepEqual(pushed.sort(), pushes);
			assert.deepEqual(
				warnings.map(({ message }) => message),
				warns,
			);
		});
	}

	test('an unknown service is refused', () => {
		assert.throws(() => planPush(lab, { services: ['zz'] }), { code: 'SERVICE_UNKNOWN' });
	});

	test('a warning stands at the service that it is about', () => {
		const at = { file: 'compose.yaml', line: 3, column: 5, lineText: '' };
		const paths: unknown[] = [];
		const { warnings } = planPush(lab, {
			locate: (path) => {
				paths.push(path);
				return at;
			},
		});
		assert.deepEqual([paths, warnings[0]?.at], [[['services', 'nameless']], at]);
	});
});
