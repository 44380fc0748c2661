import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../src/document/plain.ts';
import { redactTree } from '../../../src/use-cases/redact-tree.ts';
import { parsedDocuments } from '../../support/load-text.ts';

describe('redactTree', () => {
	const cases = [
		{
			when: 'an environment is a mapping',
			text: '{services: {a: {environment: {API_TOKEN: abc, LR: "0.1", N: 3}}}}',
			value: { services: { a: { environment: { API_TOKEN: '••••', LR: '0.1', N: 3 } } } },
		},
		{
			when: 'an environment is a list',
			text: '{services: {a: {environment: [API_TOKEN=abc, LR=0.1, API_TOKEN]}}}',
			value: { services: { a: { environment: ['API_TOKEN=••••', 'LR=0.1', 'API_TOKEN'] } } },
		},
		{
			when: 'build arguments are a list',
			text: '{services: {a: {build: {args: [NPM_TOKEN=abc, V=1]}}}}',
			value: { services: { a: { build: { args: ['NPM_TOKEN=••••', 'V=1'] } } } },
		},
		{
			when: 'a secret has its content in the file',
			text: '{secrets: {s: {content: abc}, f: {file: ./f}}}',
			value: { secrets: { s: { content: '••••' }, f: { file: './f' } } },
		},
		{
			when: 'a command gives a password',
			text: '{services: {a: {command: [run, --password=abc]}}}',
			value: { services: { a: { command: ['run', '--password=••••'] } } },
		},
	];
	for (const { when, text, value } of cases) {
		test(`when ${when}`, () => {
			const shown = parsedDocuments(text).map(({ root }) => toPlain(redactTree(root)));
			assert.deepEqual(shown, [value]);
		});
	}
});
