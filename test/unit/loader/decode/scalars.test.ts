import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Findings } from '../../../../src/errors/findings.ts';
import type { Decoder } from '../../../../src/loader/decode/decoder.ts';
import * as scalars from '../../../../src/loader/decode/scalars.ts';
import { parsedOne } from '../../../support/load-text.ts';

function decode(decoder: Decoder, text: string): { readonly value: unknown; readonly errors: readonly string[] } {
	const findings = new Findings();
	const value = decoder(parsedOne(text), { path: ['x'], findings });
	return { value, errors: findings.errors.map(({ message }) => message) };
}

const decoders = {
	text: scalars.text,
	anyText: scalars.anyText,
	textOrNull: scalars.textOrNull,
	flag: scalars.flag,
	boolean: scalars.boolean,
	integer: scalars.integer,
	filledInteger: scalars.filledInteger,
	truncated: scalars.truncated,
	count: scalars.count,
	truncatedCount: scalars.truncatedCount,
	filledCount: scalars.filledCount,
	duration: scalars.duration,
	filledDuration: scalars.filledDuration,
	byteSize: scalars.byteSize,
	singleNumber: scalars.singleNumber,
	fileMode: scalars.fileMode,
} satisfies Record<string, Decoder>;

const read: readonly [decoder: keyof typeof decoders, text: string, value: unknown][] = [
	['text', 'x', 'x'],
	['text', '""', undefined],
	['text', '~', undefined],
	['text', '1.50', '1.5'],
	['anyText', '""', ''],
	['anyText', 'true', 'true'],
	['anyText', '[]', undefined],
	['textOrNull', '~', null],
	['textOrNull', '""', ''],
	['textOrNull', '5', '5'],
	['flag', 'true', true],
	['flag', 'false', undefined],
	['flag', '~', undefined],
	['boolean', 'false', false],
	['boolean', 'x', undefined],
	['integer', '0', 0],
	['integer', '-3', -3],
	['integer', '"12"', 12],
	['integer', '~', undefined],
	['filledInteger', '0', undefined],
	['filledInteger', '7', 7],
	['truncated', '1.9', 1],
	['truncated', '-1.9', -1],
	['truncated', '0.5', undefined],
	['count', '0', 0],
	['count', '3', 3],
	['truncatedCount', '2.7', 2],
	['truncatedCount', '0.2', 0],
	['filledCount', '0', undefined],
	['filledCount', '80', 80],
	['duration', '90s', '1m30s'],
	['duration', '"0"', '0s'],
	['duration', '-3s', '-3s'],
	['duration', '~', undefined],
	['filledDuration', '0s', undefined],
	['filledDuration', '1h', '1h0m0s'],
	['byteSize', '512m', '536870912'],
	['byteSize', '1024', '1024'],
	['byteSize', '-1', '-1'],
	['byteSize', '0', undefined],
	['byteSize', '1.5k', '1536'],
	['singleNumber', '0.5', 0.5],
	['singleNumber', '"1.25"', 1.25],
	['singleNumber', '0.1', 0.1],
	['singleNumber', '0', undefined],
	['fileMode', '288', '0440'],
	['fileMode', '"0440"', '0440'],
	['fileMode', '"440"', '0440'],
	['fileMode', '"0o440"', '0440'],
	['fileMode', '~', undefined],
];

const refused: readonly [decoder: keyof typeof decoders, text: string, message: string][] = [
	['integer', '1.5', '`1.5` is not a whole number'],
	['integer', 'x', '`x` is not a whole number'],
	['integer', '9007199254740993', '`9007199254740993` is not a whole number'],
	['truncated', 'x', '`x` is not a whole number'],
	['count', '-1', '`-1` is below 0'],
	['truncatedCount', '-2.5', '`-2` is below 0'],
	['filledCount', '-80', '`-80` is below 0'],
	['duration', '10', '`10` is not a duration'],
	['duration', '5 parsecs', '`5 parsecs` is not a duration'],
	['filledDuration', 'soon', '`soon` is not a duration'],
	['byteSize', '5 horses', '`5 horses` is not a size'],
	['byteSize', '"-5"', '`-5` is not a size'],
	['singleNumber', 'half', '`half` is not a number'],
	['fileMode', 'rw', '`rw` is not a file mode'],
	['fileMode', '"0448"', '`0448` is not a file mode'],
];

describe('scalars', () => {
	for (const [decoder, text, value] of read) {
		test(`${decoder} ${text} is ${JSON.stringify(value)}`, () => {
			assert.deepEqual(decode(decoders[decoder], text), { value, errors: [] });
		});
	}
	for (const [decoder, text, message] of refused) {
		test(`${decoder} ${text} is refused`, () => {
			assert.deepEqual(decode(decoders[decoder], text), { value: undefined, errors: [message] });
		});
	}
});

describe('without a point', () => {
	const decoder = scalars.withoutPoint(scalars.anyText);
	for (const written of ['8080', '"1.0"', 'x']) {
		test(`${written} is read`, () => assert.deepEqual(decode(decoder, written).errors, []));
	}
	for (const written of ['1.0', '1e3', '.inf']) {
		test(`${written} is refused`, () => {
			const { value, errors } = decode(decoder, written);
			assert.equal(value, undefined);
			assert.match(errors.join(), /^the number `.*` is written with a point or an exponent$/);
		});
	}
});
