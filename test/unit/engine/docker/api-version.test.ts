import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareApiVersions, negotiateApiVersion } from '../../../../src/engine/docker/api-version.ts';

describe('compareApiVersions', () => {
	const cases = [
		{ a: '1.9', b: '1.40', sign: -1 },
		{ a: '1.44', b: '1.44', sign: 0 },
		{ a: '2.0', b: '1.51', sign: 1 },
	];
	for (const { a, b, sign } of cases) {
		test(`${a} against ${b}`, () => assert.equal(Math.sign(compareApiVersions(a, b)), sign));
	}
});

describe('negotiateApiVersion', () => {
	const cases = [
		{ engine: '1.40', spoken: '1.40' },
		{ engine: '1.45', spoken: '1.45' },
		{ engine: '1.99', spoken: '1.51' },
	];
	for (const { engine, spoken } of cases) {
		test(`an engine of ${engine} is spoken to in ${spoken}`, () => assert.equal(negotiateApiVersion(engine), spoken));
	}

	test('an engine that is too old is refused with both versions', () => {
		assert.throws(() => negotiateApiVersion('1.39'), {
			code: 'ENGINE_UNSUPPORTED',
			message: 'the engine speaks API version `1.39`, labc needs `1.40` or newer',
		});
	});
});
