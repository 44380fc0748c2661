import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import type { ServiceDecision } from '../../../src/plan/service-decision.ts';
import { settledJobs } from '../../../src/plan/settled-jobs.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';
import { container, needs, project, service } from '../../support/plan-cases.ts';

const afterJob = (job: string): Partial<Service> => ({
	depends_on: { [job]: needs('service_completed_successfully') },
});
const chain = project({
	services: {
		load: service(),
		prep: service(afterJob('load')),
		train: service(afterJob('prep')),
		board: service({ depends_on: { load: needs('service_started') } }),
	},
});

const ended = (name: string, exitCode = 0): ObservedContainer =>
	container(chain, { service: name, state: 'exited', exitCode });
const running = (name: string, given: Partial<ObservedContainer> = {}): ObservedContainer =>
	container(chain, { service: name, ...given });

interface Case {
	readonly when: string;
	readonly there: readonly ObservedContainer[];
	/** Services whose container is made anew. */
	readonly anew?: readonly string[];
	/** Services of the file that the command leaves alone. */
	readonly left?: readonly string[];
	readonly named?: readonly string[];
	readonly settled: Readonly<Record<string, readonly string[]>>;
}

const cases: readonly Case[] = [
	{
		when: 'what came after them runs, also through one another',
		there: [ended('load'), ended('prep'), running('train')],
		settled: { load: ['train'], prep: ['train'] },
	},
	{ when: 'nothing runs', there: [ended('load'), ended('prep'), ended('train')], settled: {} },
	{ when: 'one failed', there: [ended('load'), ended('prep', 1), running('train')], settled: {} },
	{ when: 'one still runs', there: [running('prep'), running('train')], settled: {} },
	{
		when: 'what came after one is made anew',
		there: [ended('load'), ended('prep'), running('train')],
		anew: ['train'],
		settled: {},
	},
	{ when: 'one is made anew itself', there: [ended('prep'), running('train')], anew: ['prep'], settled: {} },
	{ when: 'one is named', there: [ended('prep'), running('train')], named: ['prep'], settled: {} },
	{ when: 'others wait for no end of it', there: [ended('load'), running('board')], settled: {} },
	{
		when: 'what came after it is left alone',
		there: [ended('prep'), running('train')],
		left: ['train'],
		settled: { prep: ['train'] },
	},
	{
		when: 'what came after it is a one-off',
		there: [ended('prep'), running('train', { oneOff: true, number: undefined })],
		settled: { prep: ['train'] },
	},
];

describe('jobs that have done what they are for', () => {
	for (const { when, there, anew = [], left = [], named, settled } of cases) {
		test(`are ${Object.keys(settled).join(' and ') || 'none'} where ${when}`, () => {
			const decide = (name: string): ServiceDecision => {
				const own = there.filter((one) => one.service === name && !one.oneOff);
				const isAnew = anew.includes(name);
				return {
					kept: isAnew ? [] : own,
					recreated: isAnew ? own.map((one) => ({ container: one, reasons: [] })) : [],
					surplus: [],
					created: own.length === 0 ? [1] : [],
				};
			};
			const chosen = [...chain.services.keys()].filter((name) => !left.includes(name));
			const decisions = new Map(chosen.map((name) => [name, decide(name)]));
			const found = settledJobs({ services: chain.services, decisions, containers: there, named });
			assert.deepEqual(Object.fromEntries(found), settled);
		});
	}
});
