import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRawEnv } from '../../../src/sources/raw-env.ts';

test('raw lines are taken as they are', () => {
	const text = 'A="1" # x\n# c\n\n  B=$A\nC=\nHOST\nNONE\r\nD=1=2\r\n';
	const variables = readRawEnv(text, (name) => (name === 'HOST' ? 'host' : undefined));
	assert.deepEqual(Object.fromEntries(variables), { A: '"1" # x', B: '$A', C: '', HOST: 'host', D: '1=2' });
});
