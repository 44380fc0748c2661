import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { logRange, logSelection } from '../../../src/cli/log-flags.ts';
import type { Project } from '../../../src/model/project.ts';
import { project, service } from '../../support/plan-cases.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

const times: readonly { text: string; since: string }[] = [
	{ text: '1767360217', since: '1767360217' },
	{ text: '1767360217.25', since: '1767360217.25' },
	{ text: '2026-03-01T12:00:00.5Z', since: '1772366400.500000000' },
	{ text: '2026-03-01T13:00:00+01:00', since: '1772366400.000000000' },
	{ text: '10m', since: '1772365800.000000000' },
	{ text: '1h30m', since: '1772361000.000000000' },
];

const tails: readonly { text: string | undefined; tail: number | undefined }[] = [
	{ text: undefined, tail: undefined },
	{ text: 'all', tail: undefined },
	{ text: '-1', tail: undefined },
	{ text: '0', tail: 0 },
	{ text: '100', tail: 100 },
];

describe('logSelection', () => {
	const lab = project({ services: { db: service({ attach: false }), web: service() } });
	const cases: readonly {
		when: string;
		of: Project | undefined;
		named: readonly string[];
		shown: readonly string[];
	}[] = [
		{ when: 'nobody is named, those with `attach: false` are left out', of: lab, named: [], shown: ['web'] },
		{ when: 'one is named, it is shown all the same', of: lab, named: ['db'], shown: ['db'] },
		{ when: 'there is no file, all are shown', of: undefined, named: [], shown: [] },
		{
			when: 'no service wants to be left out, all are shown',
			of: project({ services: { web: service() } }),
			named: [],
			shown: [],
		},
	];
	for (const { when, of, named, shown } of cases) {
		test(`when ${when}`, () => {
			assert.deepEqual(logSelection({ name: 'lab', project: of }, named, undefined).services, shown);
		});
	}
});

describe('logRange', () => {
	for (const { text, since } of times) {
		test(`reads \`--since ${text}\``, () => assert.equal(logRange({ since: text }, now).since, since));
	}
	for (const { text, tail } of tails) {
		test(`reads \`--tail ${text}\``, () => assert.equal(logRange({ tail: text }, now).tail, tail));
	}
	for (const values of [{ since: 'foo' }, { until: 'yesterday' }, { since: '' }, { tail: 'foo' }, { tail: '1.5' }]) {
		test(`refuses ${JSON.stringify(values)}`, () => {
			assert.throws(() => logRange(values, now), { code: 'USAGE_INVALID' });
		});
	}
});
