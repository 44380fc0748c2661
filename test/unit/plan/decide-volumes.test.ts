import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { decideVolumes, goneWithVolumes, mayRecreate } from '../../../src/plan/decide-volumes.ts';
import { selectServices } from '../../../src/plan/select-services.ts';
import type { UpOptions } from '../../../src/plan/up-options.ts';
import type { ObservedState } from '../../../src/state/observed-state.ts';
import { container, idOf, project, service, stateOf, volumeSummary } from '../../support/plan-cases.ts';

const mounting = service({ volumes: [{ type: 'volume', source: 'data', target: '/data' }] });
const lab = project({
	services: { a: mounting, b: mounting, c: service() },
	disabled: { debug: { ...mounting, profiles: ['debugging'] }, unnamed: mounting },
	volumes: { data: { name: 'lab_data' } },
});
const volumes = [volumeSummary(lab, 'data', { name: 'lab_data', driver_opts: { o: 'size=1g' } })];
const found = (...more: readonly ReturnType<typeof container>[]): ObservedState =>
	stateOf(lab, { volumes, containers: [container(lab, { service: 'a' }), ...more] });

const decide = (state: ObservedState, options: UpOptions = {}) => {
	const given = { recreateVolumes: 'all', ...options } as const;
	return decideVolumes(['data'], { project: lab, state, options: given, selected: selectServices(lab, given) });
};

const usedBy = container(lab, { service: 'b' });
const orphan = container(lab, { service: 'old', madeFrom: mounting });
const disabled = container(lab, { service: 'debug', madeFrom: mounting });
const oneOff = container(lab, { service: 'a', oneOff: true, number: undefined, name: 'lab-a-run-1' });
const stranger = { ...container(lab, { service: 'a' }), id: idOf('theirs'), name: 'theirs' };

const refusals: readonly {
	when: string;
	state: ObservedState;
	options?: UpOptions;
	message: RegExp;
	hint: string;
}[] = [
	{
		when: 'a service that was not named',
		state: found(usedBy),
		options: { services: ['a'] },
		message: /^volume `lab_data` can't be recreated: `lab-b-1` uses it and would not be made again$/,
		hint: 'Run `labc compose up -y` for all services, or name `b` too.',
	},
	{
		when: 'an orphan',
		state: found(orphan),
		message: /`lab-old-1` uses it/,
		hint: 'Remove `lab-old-1` first, for example with `docker rm -f`.',
	},
	{
		when: 'a service that no profile switches on',
		state: found(disabled),
		options: { orphans: 'remove' },
		message: /`lab-debug-1` uses it/,
		hint: 'Switch on the profile with `--profile`: debugging.',
	},
	{
		when: 'a service that was left out when the file was read',
		state: found(container(lab, { service: 'unnamed', madeFrom: mounting })),
		message: /`lab-unnamed-1` uses it/,
		hint: 'Run `labc compose up -y` for all services, or name `unnamed` too.',
	},
	{
		when: 'a one-off that runs',
		state: found(oneOff),
		options: { orphans: 'remove' },
		message: /`lab-a-run-1` uses it/,
		hint: 'Remove `lab-a-run-1` first, for example with `docker rm -f`.',
	},
	{
		when: 'somebody else, and a service that was not named',
		state: { ...found(usedBy), strangers: [stranger] },
		options: { services: ['a'] },
		message: /`lab-b-1`, `theirs` use it/,
		hint: 'Remove `theirs` first, for example with `docker rm -f`.',
	},
];

describe('a volume that is to be recreated', () => {
	for (const { when, state, options, message, hint } of refusals) {
		test(`is not, where it is used by ${when}`, () => {
			assert.throws(
				() => decide(state, options),
				(error) => {
					assert.ok(error instanceof LabcError);
					assert.equal(error.code, 'VOLUME_IN_USE');
					assert.match(error.message, message);
					assert.equal(error.hint, hint);
					return true;
				},
			);
		});
	}

	test('takes with it who uses it and is made again, and an orphan that was to go', () => {
		const gone = goneWithVolumes(decide(found(usedBy, orphan), { orphans: 'remove' }));
		assert.deepEqual([...gone.values()].map(({ container: { name } }) => name).sort(), [
			'lab-a-1',
			'lab-b-1',
			'lab-old-1',
		]);
	});

	test('is left alone where nobody agreed, whoever uses it', () => {
		const recreateVolumes = new Set(['other']);
		assert.deepEqual([...decide(found(usedBy, orphan), { services: ['a'], recreateVolumes })], []);
	});
});

describe('mayRecreate', () => {
	const cases: readonly { when: string; state: ObservedState; options: UpOptions; is: boolean }[] = [
		{ when: 'all was agreed to', state: found(), options: { recreateVolumes: 'all' }, is: true },
		{ when: 'it was agreed to', state: found(), options: { recreateVolumes: new Set(['data']) }, is: true },
		{ when: 'another one was agreed to', state: found(), options: { recreateVolumes: new Set(['x']) }, is: false },
		{ when: 'nobody agreed', state: found(), options: {}, is: false },
		{ when: 'it is as declared', state: stateOf(lab), options: { recreateVolumes: 'all' }, is: false },
	];
	for (const { when, state, options, is } of cases) {
		test(`is ${is} when ${when}`, () => assert.equal(mayRecreate(lab, state, options), is));
	}
});
