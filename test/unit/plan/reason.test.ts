import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Reason, reasonText } from '../../../src/plan/reason.ts';

const cases: readonly { readonly when: string; readonly reason: Reason; readonly text: string }[] = [
	{
		when: 'a field differs',
		reason: { field: 'environment.LR', before: '0.1', after: '0.2' },
		text: 'environment.LR: 0.1 → 0.2',
	},
	{
		when: 'more is known of the change',
		reason: { field: 'mem_limit', before: '1g', after: '512m', remark: 'changed by hand' },
		text: 'mem_limit: 1g → 512m (changed by hand)',
	},
	{ when: 'nobody knows the values', reason: { field: 'secrets', words: 'changed' }, text: 'secrets: changed' },
	{ when: 'it is about no field', reason: { words: 'recreation was asked for' }, text: 'recreation was asked for' },
	{
		when: 'a value looks like an arrow',
		reason: { field: 'command', before: 'a → b', after: 'c' },
		text: 'command: a → b → c',
	},
];

for (const { when, reason, text } of cases) {
	test(`reasonText says \`${text}\` when ${when}`, () => assert.equal(reasonText(reason), text));
}
