import assert from 'node:assert/strict';
import { isIP as nodeIsIP } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isIP } from '../../../../src/loader/canonical/ip.ts';

describe('isIP', () => {
	for (const address of ['127.0.0.1', '0.0.0.0', '::', '::1', 'fe80::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1::']) {
		test(`${address} is one`, () => assert.ok(isIP(address)));
	}
	for (const text of [
		'',
		'localhost',
		'1.2.3',
		'256.1.1.1',
		'01.2.3.4',
		':::',
		'1::2::3',
		'1:2:3:4:5:6:7',
		'12345::',
		'1.2.3.4::',
	]) {
		test(`\`${text}\` is none`, () => assert.ok(!isIP(text)));
	}
	test('agrees with the runtime on addresses', () => {
		fc.assert(
			fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => assert.equal(isIP(address), nodeIsIP(address) !== 0)),
		);
	});
});
