import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GpuAsk } from '../../../src/gpu/allot.ts';
import { unitsOf } from '../../../src/gpu/inventory.ts';
import { giversOf } from '../../../src/plan/gpu-givers.ts';
import { ask, box, holding, mib, wish } from '../../support/gpu-cases.ts';
import { container, project, service } from '../../support/plan-cases.ts';

const lab = project({ services: { a: service(), b: service() } });
const [a, b] = [container(lab, { service: 'a' }), container(lab, { service: 'b' })];
const inventory = box(2);

interface Case {
	readonly when: string;
	readonly asks: Partial<GpuAsk>;
	/** Of the container that is in the way. */
	readonly holder?: { readonly holds?: boolean; readonly share?: boolean; readonly isReplaced?: boolean };
	/** The plan removes it. */
	readonly leaves?: true;
	readonly gives: boolean;
}

const cases: readonly Case[] = [
	{ when: 'it is replaced and has what the other gets', asks: {}, gives: true },
	{ when: 'it goes', asks: {}, holder: { isReplaced: false }, leaves: true, gives: true },
	{ when: 'it stays', asks: {}, holder: { isReplaced: false }, gives: false },
	{ when: 'it has ended', asks: {}, holder: { holds: false }, gives: false },
	{ when: 'the other takes its own place', asks: { replaces: [b.id] }, gives: false },
	{ when: 'it will have ended', asks: { outlasts: new Set([b.id]) }, gives: false },
	{ when: 'both share', asks: { terms: { share: true } }, holder: { share: true }, gives: false },
	{ when: 'it alone shares', asks: {}, holder: { share: true }, gives: true },
	{ when: 'the other only looks', asks: { wish: wish({ count: 1, observes: true }) }, gives: false },
];

describe('a container that runs', () => {
	for (const { when, asks, leaves, holder: { holds = true, share = false, isReplaced = true } = {}, gives } of cases) {
		test(`${gives ? 'gives' : 'gives no'} GPU to another where ${when}`, () => {
			const wants = { ask: ask('a-1', { replaces: [a.id], ...asks }), need: { name: 'a' } };
			const anew = { ask: ask('b-1', { replaces: [b.id] }), need: { name: 'b' } };
			const granted = new Map([['a-1', unitsOf(inventory).slice(0, 1)]]);
			const containers = [holding('b', { named: ['0'] }, { id: b.id, holds, terms: { share } })];
			const givers = giversOf(isReplaced ? [wants, anew] : [wants], granted, {
				box: { inventory, containers, busyBytes: 500 * mib },
				containers: [a, b],
				leaving: leaves ? [b.id] : [],
			});
			assert.deepEqual(givers.get('a'), gives ? [b] : []);
		});
	}
});
