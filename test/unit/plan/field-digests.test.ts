import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { hashService, serviceTexts } from '../../../src/plan/config-hash.ts';
import { changedFields, fieldsLabel } from '../../../src/plan/field-digests.ts';
import { service } from '../../support/plan-cases.ts';

const labelsOf = (declared: Service) => fieldsLabel(serviceTexts(declared), hashService(declared));

interface Case {
	readonly when: string;
	readonly before?: Partial<Service>;
	readonly after?: Partial<Service>;
	readonly changed: readonly string[];
}

const cases: readonly Case[] = [
	{ when: 'nothing changed', before: { tty: true }, after: { tty: true }, changed: [] },
	{ when: 'a field was added', after: { use_api_socket: true }, changed: ['use_api_socket'] },
	{ when: 'a field was removed', before: { platform: 'linux/arm64' }, changed: ['platform'] },
	{
		when: 'a field that inspect never shows changed',
		before: { post_start: [{ command: ['a'] }] },
		after: { post_start: [{ command: ['b'] }] },
		changed: ['post_start'],
	},
	{
		when: 'the order of keys changed, which means nothing',
		before: { sysctls: { a: '1', b: '2' } },
		after: { sysctls: { b: '2', a: '1' } },
		changed: [],
	},
	{
		when: 'only what inspect shows as it was declared changed',
		before: { environment: { A: '1' }, labels: { a: '1' }, image: 'a', container_name: 'a' },
		after: { environment: { A: '2' }, labels: { a: '2' }, image: 'b', container_name: 'b' },
		changed: [],
	},
	{
		when: 'only what is no part of a container changed',
		before: { profiles: ['a'], scale: 1, pull_policy: 'always' },
		after: { profiles: ['b'], scale: 2, pull_policy: 'never' },
		changed: [],
	},
];

describe('changedFields', () => {
	for (const { when, before = {}, after = {}, changed } of cases) {
		test(`names ${changed.join(' and ') || 'nothing'} when ${when}`, () => {
			assert.deepEqual([...(changedFields(serviceTexts(service(after)), labelsOf(service(before))) ?? [])], changed);
		});
	}

	for (const label of [undefined, '', '2:abc tty=00000000', 'tty=00000000', 'nonsense']) {
		test(`knows nothing from the label \`${label}\``, () => {
			assert.equal(
				changedFields(serviceTexts(service()), label === undefined ? {} : { 'labc.fields': label }),
				undefined,
			);
		});
	}
});

describe('fieldsLabel', () => {
	const secretive = service({ environment: { PASSWORD: 'hunter2' }, post_start: [{ command: ['login', 'hunter2'] }] });

	test('holds neither a comma nor a value, and nothing of the environment', () => {
		const text = labelsOf(secretive)['labc.fields'] ?? '';
		assert.match(text, /^1:[\da-f]{8}( [a-z_]+=[\da-f]{8})+$/);
		assert.doesNotMatch(text, /hunter2|environment/);
	});

	test('gives equal fields of different containers different digests', () => {
		const digest = (declared: Service) => /tty=(\w+)/.exec(labelsOf(declared)['labc.fields'] ?? '')?.[1];
		assert.notEqual(digest(service({ tty: true })), digest(service({ tty: true, init: true })));
	});
});
