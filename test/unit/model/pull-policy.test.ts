import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type PullPolicy, parsePullPolicy } from '../../../src/model/pull-policy.ts';

const hourMs = 3_600_000;

const cases: readonly (readonly [text: string, policy: PullPolicy | undefined])[] = [
	['always', { kind: 'always' }],
	['missing', { kind: 'missing' }],
	['if_not_present', { kind: 'missing' }],
	['never', { kind: 'never' }],
	['build', { kind: 'build' }],
	['refresh', { kind: 'missing' }],
	['daily', { kind: 'refresh', afterMs: 24 * hourMs }],
	['weekly', { kind: 'refresh', afterMs: 7 * 24 * hourMs }],
	['every_12h', { kind: 'refresh', afterMs: 12 * hourMs }],
	['every_1w2d', { kind: 'refresh', afterMs: 9 * 24 * hourMs }],
	['every_90s', { kind: 'refresh', afterMs: 90_000 }],
	['every_', undefined],
	['every_now', undefined],
	['sometimes', undefined],
];

describe('parsePullPolicy', () => {
	for (const [text, policy] of cases) test(text, () => assert.deepEqual(parsePullPolicy(text), policy));
});
