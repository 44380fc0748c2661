import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideService } from '../../../src/plan/decide-service.ts';
import type { DecisionInput } from '../../../src/plan/service-decision.ts';
import type { UpOptions } from '../../../src/plan/up-options.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { container, idOf, image, otherImageId, project, service, stateOf } from '../../support/plan-cases.ts';

const web = service();
const lab = project({ services: { web, other: service() } });
const old = service({ environment: { LR: '0.1' } });

const replica = (number: number, more: Partial<ObservedContainer> = {}): ObservedContainer =>
	container(lab, { service: 'web', number, ...more });
const outdated = (number: number, more: Partial<ObservedContainer> = {}): ObservedContainer =>
	container(lab, { service: 'web', number, madeFrom: old, ...more });

/** What a replacement is called until the old container gave up its name. */
const halfMade = (number: number, more: Partial<ObservedContainer> = {}): ObservedContainer => {
	const name = `${'f'.repeat(12)}_lab-web-${number}`;
	return replica(number, { name, id: idOf(`new ${number}`), ...more });
};

/** `kept 1; recreated 2; surplus 3; created 4` with what is not empty. */
function decided(containers: readonly ObservedContainer[], input: Partial<DecisionInput> = {}): string {
	const decision = decideService('web', web, {
		project: lab,
		state: stateOf(lab, { containers }),
		options: {},
		pending: new Map(),
		gone: new Map(),
		...input,
	});
	const parts: readonly (readonly [string, readonly (number | undefined)[]])[] = [
		['kept', decision.kept.map(({ number }) => number)],
		['recreated', decision.recreated.map(({ container: one }) => one.number)],
		['surplus', decision.surplus.map(({ container: one }) => one.number)],
		['created', decision.created],
	];
	return parts
		.filter(([, numbers]) => numbers.length > 0)
		.map(([name, numbers]) => `${name} ${numbers.join(' ')}`)
		.join('; ');
}

const scale = (replicas: number): UpOptions => ({ scale: new Map([['web', replicas]]) });

const cases: readonly {
	when: string;
	containers: readonly ObservedContainer[];
	input?: Partial<DecisionInput>;
	is: string;
}[] = [
	{ when: 'nothing is there', containers: [], is: 'created 1' },
	{
		when: 'two have one number, and one of them the name of that number',
		containers: [outdated(1), outdated(1, { name: 'earlier', id: idOf('earlier') })],
		input: { options: scale(2) },
		is: 'recreated 1; surplus 1; created 2',
	},
	{
		when: 'two have no number: nothing is known of them',
		containers: ['a', 'b'].map((name) => ({ ...replica(1, { name, id: idOf(name) }), number: undefined })),
		input: { options: scale(2) },
		is: 'kept  ',
	},
	{ when: 'it is as declared', containers: [replica(1)], is: 'kept 1' },
	{ when: 'its configuration changed', containers: [outdated(1)], is: 'recreated 1' },
	{
		when: 'its configuration changed and recreation is forbidden',
		containers: [outdated(1)],
		input: { options: { recreate: 'never' } },
		is: 'kept 1',
	},
	{
		when: 'recreation is asked for',
		containers: [replica(1)],
		input: { options: { recreate: 'force' } },
		is: 'recreated 1',
	},
	{
		when: 'recreation is asked for another service, which this one serves',
		containers: [replica(1)],
		input: { options: { recreate: 'force', services: ['other'] } },
		is: 'kept 1',
	},
	{
		when: 'another service is named and dependencies are to be recreated',
		containers: [replica(1)],
		input: { options: { alwaysRecreateDeps: true, services: ['other'] } },
		is: 'recreated 1',
	},
	{
		when: 'new anonymous volumes are asked for',
		containers: [replica(1)],
		input: { options: { renewAnonymousVolumes: true } },
		is: 'recreated 1',
	},
	{
		when: 'the image is another one now',
		containers: [replica(1)],
		input: { state: stateOf(lab, { containers: [replica(1)], images: { app: image({ id: otherImageId }) } }) },
		is: 'recreated 1',
	},
	{
		when: 'its image is still to be built',
		containers: [replica(1)],
		input: { pending: new Map([['web', 'to be built']]) },
		is: 'recreated 1',
	},
	{
		when: "another service's image is still to be built",
		containers: [replica(1)],
		input: { pending: new Map([['other', 'to be built']]) },
		is: 'kept 1',
	},
	{
		when: 'more are wanted: numbers go on after the highest',
		containers: [replica(1), replica(4)],
		input: { options: scale(4) },
		is: 'kept 1 4; created 5 6',
	},
	{
		when: 'fewer are wanted: the highest go',
		containers: [replica(3), replica(1), replica(2)],
		input: { options: scale(1) },
		is: 'kept 1; surplus 3 2',
	},
	{
		when: 'fewer are wanted and one is out of date: that one goes first',
		containers: [outdated(1), replica(2), replica(3)],
		input: { options: scale(2) },
		is: 'kept 2 3; surplus 1',
	},
	{
		when: 'fewer are wanted and all are out of date: the one made last stays',
		containers: [outdated(1, { newer: 1 }), outdated(2, { newer: 0 }), outdated(3, { newer: 2 })],
		input: { options: scale(1) },
		is: 'recreated 2; surplus 3 1',
	},
	{
		when: 'fewer are wanted and none is out of date: the highest go, whenever they were made',
		containers: [replica(1, { newer: 2 }), replica(2, { newer: 0 }), replica(3, { newer: 1 })],
		input: { options: scale(1) },
		is: 'kept 1; surplus 3 2',
	},
	{
		when: 'new anonymous volumes are asked for, and no recreation',
		containers: [replica(1)],
		input: { options: { renewAnonymousVolumes: true, recreate: 'never' } },
		is: 'kept 1',
	},
	{
		when: 'dependencies are to be recreated, and nothing may be',
		containers: [replica(1)],
		input: { options: { alwaysRecreateDeps: true, recreate: 'never', services: ['other'] } },
		is: 'kept 1',
	},
	{
		when: 'the engine can no longer start it',
		containers: [replica(1, { state: 'dead' })],
		is: 'recreated 1',
	},
	{
		when: 'the engine can no longer start it and recreation is forbidden',
		containers: [replica(1, { state: 'removing' })],
		input: { options: { recreate: 'never' } },
		is: 'recreated 1',
	},
	{ when: 'it is paused', containers: [replica(1, { state: 'paused' })], is: 'kept 1' },
	{
		when: 'a replacement of docker compose was cut off before the old container went',
		containers: [outdated(1), replica(2), halfMade(1)],
		input: { options: scale(2) },
		is: 'kept 1 2; surplus 1',
	},
	{
		when: 'a replacement was cut off and the file has changed again: what runs stays until it is replaced',
		containers: [outdated(1), halfMade(1, { configHash: 'another', state: 'created' })],
		is: 'recreated 1; surplus 1',
	},
	{
		when: 'a replacement was cut off when only the new one was left',
		containers: [halfMade(1)],
		is: 'kept 1',
	},
	{
		when: 'a replacement was cut off in each of several replicas, of which fewer are wanted',
		containers: [outdated(1), halfMade(1), outdated(2), halfMade(2)],
		input: { options: scale(1) },
		is: 'kept 1; surplus 2 1 2',
	},
	{ when: 'none is wanted', containers: [replica(1)], input: { options: scale(0) }, is: 'surplus 1' },
	{
		when: 'its volume takes it away before',
		containers: [replica(1)],
		input: { gone: new Map([[replica(1).id, { container: replica(1), reasons: ['volume data is recreated'] }]]) },
		is: 'created 1',
	},
	{
		when: 'there are a one-off and a container of another service',
		containers: [replica(1, { oneOff: true }), container(lab, { service: 'other' })],
		is: 'created 1',
	},
];

describe('decideService', () => {
	for (const { when, containers, input, is } of cases) {
		test(`when ${when}: ${is}`, () =>
			assert.equal(decided(containers, { state: stateOf(lab, { containers }), ...input }), is));
	}

	test('a half-made replacement goes before the container that has the name', () => {
		const leftover = replica(1, { name: `${'f'.repeat(12)}_lab-web-1`, id: idOf('leftover') });
		for (const containers of [
			[leftover, replica(1)],
			[replica(1), leftover],
		]) {
			const { kept, surplus } = decideService('web', web, {
				project: lab,
				state: stateOf(lab, { containers }),
				options: {},
				pending: new Map(),
				gone: new Map(),
			});
			assert.deepEqual(
				[kept.map(({ name }) => name), surplus.map(({ container: one, reason }) => `${one.name}: ${reason}`)],
				[['lab-web-1'], [`${leftover.name}: an earlier replacement broke off`]],
			);
		}
	});

	test('a pending image stands in for what is known of the image that is there', () => {
		const { recreated } = decideService('web', web, {
			project: lab,
			state: stateOf(lab, { containers: [replica(1)], images: { app: image({ id: otherImageId }) } }),
			options: {},
			pending: new Map([['web', 'to be pulled']]),
			gone: new Map(),
		});
		assert.deepEqual(recreated[0]?.reasons, ['image: to be pulled']);
	});
});

describe('decideService says why a container is surplus', () => {
	const reasonsFor = (containers: readonly ObservedContainer[], options: UpOptions = {}): readonly string[] =>
		decideService('web', web, {
			project: lab,
			state: stateOf(lab, { containers }),
			options,
			pending: new Map(),
			gone: new Map(),
		}).surplus.map(({ reason }) => reason);

	test('fewer are wanted', () => {
		assert.deepEqual(reasonsFor([replica(1), replica(2)], scale(1)), ['replicas: 2 → 1']);
	});
	test('a replacement was cut off before it got its name', () => {
		const half = replica(1, { id: 'b'.repeat(64), name: `${'a'.repeat(12)}_lab-web-1` });
		assert.deepEqual(reasonsFor([outdated(1), half]), ['an earlier replacement broke off']);
	});
});
