import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { labelOf } from '../../../src/cli/listing-format.ts';

describe('labelOf', () => {
	test('tells the value of a label', () => assert.equal(labelOf({ tier: 'lab' }, 'tier'), 'lab'));
	test('tells nothing of one that is not there', () => assert.equal(labelOf({}, 'tier'), ''));
	for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
		test(`finds no \`${name}\` in the prototype`, () => assert.equal(labelOf({}, name), ''));
		test(`finds a label that is called \`${name}\``, () => {
			const labels: Readonly<Record<string, string>> = JSON.parse(`{"${name}": "own"}`);
			assert.equal(labelOf(labels, name), 'own');
		});
	}
});
