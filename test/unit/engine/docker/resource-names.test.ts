import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resourceNames } from '../../../../src/engine/docker/resource-names.ts';

const id = '0f'.repeat(32);

describe('resourceNames', () => {
	test('an id that was seen is spoken of by its name, the latest one', () => {
		const names = resourceNames();
		names.learn(id, 'lab-web-1');
		names.learn(id, 'lab-web-2');
		assert.equal(names.of(id), 'lab-web-2');
	});

	test('an id that was not is cut as docker cuts it', () => assert.equal(resourceNames().of(id), '0f0f0f0f0f0f'));
	test('what is no id is left as it is', () => assert.equal(resourceNames().of('lab-web-1'), 'lab-web-1'));
});
