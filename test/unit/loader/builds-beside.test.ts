import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildsBeside } from '../../../src/loader/builds-beside.ts';
import type { Service } from '../../../src/model/service.ts';

const from = (context: string, ...needed: readonly string[]): Service => ({
	command: null,
	entrypoint: null,
	build: { context, additional_contexts: Object.fromEntries(needed.map((name) => [name, `service:${name}`])) },
});
const plain: Service = { command: null, entrypoint: null, image: 'x' };

const others = new Map([
	['lib', from('/lib', 'base', 'app')],
	['base', from('/base', 'lib')],
	['apart', from('/apart')],
	['plain', plain],
]);

const cases: readonly { readonly when: string; readonly service: Service; readonly contexts: readonly string[] }[] = [
	{ when: 'nothing is built', service: plain, contexts: [] },
	{ when: 'nothing is taken from others', service: from('/app'), contexts: [] },
	{
		when: 'one is taken from, and what that takes from, in a circle too',
		service: from('/app', 'lib'),
		contexts: ['/lib', '/base'],
	},
	{ when: 'what is taken from is not built, or not there', service: from('/app', 'plain', 'zz'), contexts: [] },
];

describe('buildsBeside', () => {
	for (const { when, service, contexts } of cases) {
		test(`when ${when}`, () => {
			const found = buildsBeside(new Map([['app', service]]), others);
			assert.deepEqual(
				found.map(({ context }) => context),
				contexts,
			);
		});
	}
});
