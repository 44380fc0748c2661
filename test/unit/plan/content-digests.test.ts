import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { replicaSpec } from '../../../src/plan/container-spec.ts';
import { contentChanges, contentsLabel } from '../../../src/plan/content-digests.ts';
import { divergence } from '../../../src/plan/divergence.ts';
import { reasonText } from '../../../src/plan/reason.ts';
import type { ContentDigests } from '../../../src/state/content-digests.ts';
import { container, project, service, stateOf } from '../../support/plan-cases.ts';

const contents = (digests: Readonly<Record<string, string>>, key = 'k1'): ContentDigests => ({
	key,
	digests: new Map(Object.entries(digests)),
});

const reader = service({
	secrets: [{ source: 'token' }, { source: 'token', target: 'again' }],
	configs: [{ source: 'app' }],
});
const made = contents({ 'secret token': 'aaaa', 'config app': 'bbbb', 'secret unused': 'cccc' });

describe('contentsLabel', () => {
	test('holds what the service uses, each once, without a comma', () => {
		assert.deepEqual(contentsLabel(reader, made), { 'labc.contents': '1:k1 secret/token=aaaa config/app=bbbb' });
	});

	test('is not there where nothing is used, or nothing known', () => {
		assert.deepEqual(contentsLabel(service(), made), {});
		assert.deepEqual(contentsLabel(reader, undefined), {});
		assert.deepEqual(contentsLabel(reader, contents({})), {});
	});
});

interface Case {
	readonly when: string;
	readonly now: ContentDigests | undefined;
	readonly label?: string;
	readonly reasons: readonly string[];
}

const recorded = '1:k1 secret/token=aaaa config/app=bbbb';
const cases: readonly Case[] = [
	{ when: 'nothing changed', now: made, reasons: [] },
	{
		when: 'a secret changed',
		now: contents({ 'secret token': 'dddd', 'config app': 'bbbb' }),
		reasons: ['secret token: content changed'],
	},
	{
		when: 'both changed',
		now: contents({ 'secret token': 'dddd', 'config app': 'eeee' }),
		reasons: ['secret token: content changed', 'config app: content changed'],
	},
	{ when: 'a file can’t be read any more', now: contents({ 'config app': 'bbbb' }), reasons: [] },
	{ when: 'the digests are made with another key', now: contents({ 'secret token': 'dddd' }, 'k2'), reasons: [] },
	{ when: 'no digests can be made', now: undefined, reasons: [] },
	{ when: 'docker compose made the container', label: '', now: contents({ 'secret token': 'dddd' }), reasons: [] },
	{
		when: 'the file was unreadable when the container was made',
		label: '1:k1 config/app=bbbb',
		now: contents({ 'secret token': 'dddd', 'config app': 'bbbb' }),
		reasons: [],
	},
	{
		when: 'a later labc made the container',
		label: '2:k1 secret/token=aaaa',
		now: contents({ 'secret token': 'dddd' }),
		reasons: [],
	},
];

describe('contentChanges', () => {
	for (const { when, now, label = recorded, reasons } of cases) {
		test(`gives ${reasons.length} reasons when ${when}`, () => {
			const changes = contentChanges(reader, label === '' ? {} : { 'labc.contents': label }, now);
			assert.deepEqual(changes.map(reasonText), reasons);
		});
	}

	test('a container whose secret has other content is out of date, and the next one gets the new digest', () => {
		const lab = project({ services: { web: reader } });
		const found = container(lab, { service: 'web' });
		const old = { ...found, labels: { ...found.labels, 'labc.contents': recorded } };
		const declared = { name: 'web', service: reader };
		const now = contents({ 'secret token': 'dddd', 'config app': 'bbbb' });
		const seen = (contents: ContentDigests) => ({
			sharing: { settled: reader, open: [] },
			project: lab,
			state: { ...stateOf(lab), contents },
		});
		assert.deepEqual(divergence(old, declared, seen(now)), [{ field: 'secret token', words: 'content changed' }]);
		assert.deepEqual(divergence(old, declared, seen(made)), []);
		const spec = replicaSpec({ ...declared, number: 1, hashForm: '2' }, lab, seen(now).state);
		assert.equal(spec.labels['labc.contents'], '1:k1 secret/token=dddd config/app=bbbb');
	});
});
