import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../src/doctor/facts.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { type FindingCase, facts } from './doctor-facts.ts';

/** One test a case. Whatever is not well says what it does to people and what to do. */
export function checkFindings(check: (facts: Facts) => Finding, cases: readonly FindingCase[]): void {
	for (const { when, given, status, summary, advice } of cases) {
		test(`${status} when ${when}`, () => {
			const found = check(facts(given));
			assert.equal(found.status, status, found.summary);
			if (typeof summary === 'string') assert.equal(found.summary, summary);
			else assert.match(found.summary, summary);
			const words = `${found.meaning ?? ''} ${found.fix ?? ''}`;
			if (advice !== undefined) assert.match(words, advice);
			const isBad = status === 'warn' || status === 'fail';
			assert.deepEqual([found.meaning !== undefined, found.fix !== undefined && isBad], [isBad, isBad]);
		});
	}
}
