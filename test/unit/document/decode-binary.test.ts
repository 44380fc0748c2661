import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeBinary, encodeBinary } from '../../../src/document/decode-binary.ts';
import { toPlain } from '../../../src/document/plain.ts';
import { writeYaml } from '../../../src/document/write-yaml.ts';
import { parsedOne } from '../../support/load-text.ts';

describe('decodeBinary', () => {
	const cases: readonly { when: string; base64: string; text: string }[] = [
		{ when: 'text is text', base64: 'w6Q=', text: 'ä' },
		{ when: 'a byte order mark stays', base64: '77u/YQ==', text: '\ufeffa' },
		{ when: 'a byte that is no text is half a pair', base64: '/w==', text: '\udcff' },
		{ when: 'text around such a byte stays', base64: 'YWL/Y2Q=', text: 'ab\udcffcd' },
		{ when: 'half a pair in UTF-8 is three bytes', base64: '7aCA', text: '\udced\udca0\udc80' },
		{ when: 'a character that ends too early is its bytes', base64: '4oI=', text: '\udce2\udc82' },
	];
	for (const { when, base64, text } of cases) test(when, () => assert.equal(decodeBinary(base64), text));

	test('any bytes come back', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
				const base64 = Buffer.from(bytes).toString('base64');
				const text = decodeBinary(base64);
				assert.equal(typeof text === 'string' ? encodeBinary(text) : text, base64);
			}),
		);
	});

	test('any bytes are read back from what YAML is written of them', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 120 }), (bytes) => {
				const text = decodeBinary(Buffer.of(0xff, ...bytes).toString('base64')) as string;
				const tree = parsedOne(writeYaml(new Map([['k', new Map([[text, text]])]])));
				assert.deepEqual(toPlain(tree), { k: { [text]: text } });
			}),
		);
	});
});
