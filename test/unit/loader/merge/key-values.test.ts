import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../../src/document/plain.ts';
import { Findings } from '../../../../src/errors/findings.ts';
import { attemptWritten, canonicaliseTyped } from '../../../../src/loader/canonical/canonicalise.ts';
import { mergeNodes } from '../../../../src/loader/merge/merge.ts';
import { removeDuplicates } from '../../../../src/loader/merge/unique.ts';
import { mergeRules } from '../../../../src/loader/merge-rules.ts';
import { parsedOne } from '../../../support/load-text.ts';

const serviceOf = (text: string) => parsedOne(`services: {a: ${text}}`);
const plainService = (node: Parameters<typeof toPlain>[0]) =>
	(toPlain(node) as { readonly services: { readonly a: unknown } }).services.a;

describe('key-values of two files are one list before they are typed', () => {
	const cases: readonly [base: string, override: string, merged: unknown][] = [
		['{environment: [A=1, B=2]}', '{environment: {B: 3, C: null}}', { environment: ['A=1', 'B=3', 'C'] }],
		['{environment: {A: 1}}', '{environment: {A: null}}', { environment: ['A'] }],
		['{environment: {B: 1, A: 2}}', '{environment: {}}', { environment: ['A=2', 'B=1'] }],
		['{labels: [a=1]}', '{labels: ["a=x=y"]}', { labels: ['a=x=y'] }],
		['{sysctls: {a: 1.0}}', '{sysctls: {b: true}}', { sysctls: ['a=1', 'b=true'] }],
		['{environment: {A: 1}}', '{environment: B}', { environment: ['A=1', 'B'] }],
		['{environment: B=2}', '{environment: {A: 1}}', { environment: ['B=2', 'A=1'] }],
		['{sysctls: {a: 1}}', '{sysctls: 5}', { sysctls: ['a=1'] }],
	];
	for (const [base, override, merged] of cases) {
		test(`${base} and ${override}`, () => {
			const spot = { path: [], findings: new Findings(), rules: mergeRules };
			const node = mergeNodes(serviceOf(base), serviceOf(override), spot);
			assert.deepEqual(plainService(removeDuplicates(node)), merged);
		});
	}

	test('values that are no plain ones stay in place for the check to name', () => {
		const spot = { path: [], findings: new Findings(), rules: mergeRules };
		const node = mergeNodes(serviceOf('{labels: {a: {x: 1}}}'), serviceOf('{labels: {b: {y: 1}}}'), spot);
		assert.deepEqual(plainService(node), { labels: { a: { x: 1 }, b: { y: 1 } } });
	});
});

describe('long forms before and with the types', () => {
	const cases: readonly [service: string, written: unknown, typed: unknown][] = [
		['{gpus: all}', { gpus: [{ count: 'all' }] }, { gpus: [{ count: -1 }] }],
		['{gpus: [{count: "2"}]}', { gpus: [{ count: '2' }] }, { gpus: [{ count: 2 }] }],
		['{dns_search: x}', { dns_search: 'x' }, { dns_search: ['x'] }],
		['{build: {context: ., sbom: true}}', { build: { context: '.', sbom: 'true' } }, undefined],
		['{environment: [A=1]}', { environment: ['A=1'] }, { environment: { A: '1' } }],
	];
	for (const [service, written, typed] of cases) {
		test(service, () => {
			const asWritten = attemptWritten(serviceOf(service));
			if (written !== undefined) assert.deepEqual(plainService(asWritten), written);
			if (typed !== undefined) assert.deepEqual(plainService(canonicaliseTyped(asWritten, new Findings())), typed);
		});
	}
});
