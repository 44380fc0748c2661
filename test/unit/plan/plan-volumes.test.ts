import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideVolumes, goneWithVolumes } from '../../../src/plan/decide-volumes.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planOrphans } from '../../../src/plan/plan-orphans.ts';
import { planVolumes } from '../../../src/plan/plan-volumes.ts';
import type { UpOptions } from '../../../src/plan/up-options.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import { container, foreign, project, service, state, stateOf, volumeSummary } from '../../support/plan-cases.ts';
import { planBench } from '../../support/plan-contexts.ts';

const on = (...keys: readonly string[]) =>
	service({ volumes: keys.map((source) => ({ type: 'volume' as const, source, target: `/${source}` })) });
const lab = project({
	services: { web: on('data', 'more'), other: service() },
	volumes: { data: { name: 'lab_data' }, more: { name: 'lab_more' }, theirs: { name: 'theirs', external: true } },
});
const kept = volumeSummary(lab, 'more');
const changed = volumeSummary(lab, 'data', { name: 'lab_data', driver_opts: { o: 'size=1g' } });
const changedToo = volumeSummary(lab, 'more', { name: 'lab_more', driver: 'nfs' });
const keys = ['data', 'more', 'theirs', 'unknown'];

const cases: readonly {
	when: string;
	state: ObservedState;
	options?: UpOptions;
	steps: readonly string[];
	ready?: readonly (readonly [string, number])[];
	warnings?: readonly RegExp[];
	needsConsent?: Plan['needsConsent'];
}[] = [
	{
		when: 'they are missing',
		state: state(),
		steps: ['1 volume.create lab_data: not found', '2 volume.create lab_more: not found'],
		ready: [
			['data', 1],
			['more', 2],
		],
	},
	{ when: 'they are as declared', state: stateOf(lab), steps: [] },
	{
		when: 'one changed and nobody agreed to lose its data',
		state: stateOf(lab, { volumes: [changed, kept] }),
		steps: [],
		needsConsent: [{ key: 'data', name: 'lab_data', reasons: ['configuration hash differs'] }],
	},
	{
		when: 'one changed and its data may be lost',
		state: stateOf(lab, { volumes: [changed, kept] }),
		options: { recreateVolumes: 'all' },
		steps: [
			'1 container.stop lab-web-1: volume data is recreated',
			'2 container.remove lab-web-1 after 1: volume data is recreated',
			'3 volume.remove lab_data (destroys data) after 2: configuration hash differs',
			'4 volume.create lab_data after 3: recreated',
		],
		ready: [['data', 4]],
	},
	{
		when: 'both changed: the container that uses both goes once',
		state: stateOf(lab, {
			volumes: [changed, changedToo],
			containers: [container(lab, { service: 'web', state: 'exited' })],
		}),
		options: { recreateVolumes: 'all' },
		steps: [
			'1 container.remove lab-web-1:',
			'    volume data is recreated',
			'    volume more is recreated',
			'2 volume.remove lab_data (destroys data) after 1: configuration hash differs',
			'3 volume.create lab_data after 2: recreated',
			'4 volume.remove lab_more (destroys data) after 1: configuration hash differs',
			'5 volume.create lab_more after 4: recreated',
		],
		ready: [
			['data', 3],
			['more', 5],
		],
	},
	{
		when: 'both changed and one was agreed to',
		state: stateOf(lab, { volumes: [changed, changedToo], containers: [] }),
		options: { recreateVolumes: new Set(['more']) },
		steps: [
			'1 volume.remove lab_more (destroys data): configuration hash differs',
			'2 volume.create lab_more after 1: recreated',
		],
		ready: [['more', 2]],
		needsConsent: [{ key: 'data', name: 'lab_data', reasons: ['configuration hash differs'] }],
	},
	{
		when: 'one is used by an orphan that goes too',
		state: stateOf(lab, {
			volumes: [changed, kept],
			containers: [container(lab, { service: 'old', state: 'exited', madeFrom: on('data') })],
		}),
		options: { recreateVolumes: 'all', orphans: 'remove' },
		steps: [
			'1 container.remove lab-old-1: orphan: service `old` is not in the file',
			'2 volume.remove lab_data (destroys data) after 1: configuration hash differs',
			'3 volume.create lab_data after 2: recreated',
		],
		ready: [['data', 3]],
	},
	{
		when: "one is nobody's",
		state: stateOf(lab, { volumes: [foreign(volumeSummary(lab, 'data')), kept] }),
		steps: [],
		warnings: [/^RESOURCE_FOREIGN .*`lab_data`/],
	},
	{
		when: "one is another project's, which changed nothing",
		state: stateOf(lab, { volumes: [foreign(changed, 'shop'), kept] }),
		options: { recreateVolumes: 'all' },
		steps: [],
		warnings: [/^RESOURCE_FOREIGN .*`shop`/],
	},
];

describe('planVolumes', () => {
	for (const { when, state: observed, options = {}, steps, ready = [], warnings = [], needsConsent } of cases) {
		test(`when ${when}`, () => {
			const recreated = decideVolumes(keys, { project: lab, state: observed, options, selected: lab.services });
			const gone = goneWithVolumes(recreated);
			const bench = planBench(lab, observed, { options, gone });
			const orphans = planOrphans(bench.context);
			assert.deepEqual([...planVolumes(keys, { ...bench.context, recreated, orphans }).ready], ready);
			assert.deepEqual(bench.steps(), steps);
			assert.equal(bench.warnings().length, warnings.length, bench.warnings().join('\n'));
			for (const [index, pattern] of warnings.entries()) assert.match(bench.warnings()[index] ?? '', pattern);
			assert.deepEqual(bench.context.plan.build().needsConsent, needsConsent);
		});
	}
});
