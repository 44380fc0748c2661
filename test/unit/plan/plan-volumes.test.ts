import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goneWithVolumes, planVolumes } from '../../../src/plan/plan-volumes.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import { container, foreign, idOf, project, service, state, stateOf, volumeSummary } from '../../support/plan-cases.ts';
import { planBench } from '../../support/plan-contexts.ts';

const mounting = service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] });
const lab = project({
	services: { web: mounting, other: service() },
	volumes: { data: { name: 'lab_data' }, theirs: { name: 'theirs', external: true } },
});
const changed = volumeSummary(lab, 'data', { name: 'lab_data', driver_opts: { o: 'size=1g' } });

const cases: readonly {
	when: string;
	state: ObservedState;
	recreateVolumes?: boolean;
	steps: readonly string[];
	ready?: readonly (readonly [string, number])[];
	warnings?: readonly RegExp[];
}[] = [
	{
		when: 'it is missing',
		state: state(),
		steps: ['1 volume.create lab_data: not found'],
		ready: [['data', 1]],
	},
	{ when: 'it is as declared', state: stateOf(lab), steps: [] },
	{
		when: 'it changed and nobody agreed to lose its data',
		state: stateOf(lab, { volumes: [changed] }),
		steps: [],
		warnings: [/^VOLUME_DIVERGED .*`lab_data`/],
	},
	{
		when: 'it changed and its data may be lost',
		state: stateOf(lab, { volumes: [changed] }),
		recreateVolumes: true,
		steps: [
			'1 container.stop lab-web-1: volume data is recreated',
			'2 container.remove lab-web-1 after 1: volume data is recreated',
			'3 volume.remove lab_data (destroys data) after 2: configuration hash differs',
			'4 volume.create lab_data after 3: recreated',
		],
		ready: [['data', 4]],
	},
	{
		when: 'it changed and a container that does not run uses it',
		state: stateOf(lab, {
			volumes: [changed],
			containers: [container(lab, { service: 'web', state: 'exited' })],
		}),
		recreateVolumes: true,
		steps: [
			'1 container.remove lab-web-1: volume data is recreated',
			'2 volume.remove lab_data (destroys data) after 1: configuration hash differs',
			'3 volume.create lab_data after 2: recreated',
		],
		ready: [['data', 3]],
	},
	{
		when: "it is nobody's",
		state: stateOf(lab, { volumes: [foreign(volumeSummary(lab, 'data'))] }),
		steps: [],
		warnings: [/^RESOURCE_FOREIGN .*`lab_data`/],
	},
	{
		when: "it is another project's, which changed nothing",
		state: stateOf(lab, { volumes: [foreign(changed, 'shop')] }),
		recreateVolumes: true,
		steps: [],
		warnings: [/^RESOURCE_FOREIGN .*`shop`/],
	},
];

describe('planVolumes', () => {
	for (const { when, state: observed, recreateVolumes = false, steps, ready = [], warnings = [] } of cases) {
		test(`when ${when}`, () => {
			const bench = planBench(lab, observed, { options: { recreateVolumes } });
			assert.deepEqual([...planVolumes(['data', 'theirs', 'unknown'], bench.context)], ready);
			assert.deepEqual(bench.steps(), steps);
			assert.equal(bench.warnings().length, warnings.length, bench.warnings().join('\n'));
			for (const [index, pattern] of warnings.entries()) assert.match(bench.warnings()[index] ?? '', pattern);
		});
	}
});

describe('goneWithVolumes', () => {
	const observed = stateOf(lab, { volumes: [changed] });
	const goneFrom = (of: ObservedState, recreateVolumes: boolean): readonly string[] => [
		...goneWithVolumes(['data', 'theirs'], { project: lab, state: of, options: { recreateVolumes } }),
	];

	test('names the containers that use a volume which is recreated', () => {
		assert.deepEqual(goneFrom(observed, true), [idOf('lab-web-1')]);
	});
	test('names none where data are kept', () => assert.deepEqual(goneFrom(observed, false), []));
	test('names none where the volume is as declared', () => assert.deepEqual(goneFrom(stateOf(lab), true), []));
});
