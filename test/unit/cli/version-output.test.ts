import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { formatVersion, labcVersion } from '../../../src/cli/version-output.ts';

const cases: readonly { values: Parameters<typeof formatVersion>[2]; text: string }[] = [
	{ values: { short: undefined, format: undefined }, text: 'labc version 1\n' },
	{ values: { short: undefined, format: 'pretty' }, text: 'labc version 1\n' },
	{ values: { short: true, format: undefined }, text: '1\n' },
	{ values: { short: undefined, format: 'json' }, text: '{"version":"1"}\n' },
	{ values: { short: true, format: 'json' }, text: '1\n' },
];

describe('formatVersion', () => {
	for (const { values, text } of cases) {
		test(`with ${JSON.stringify(values)}`, () => assert.equal(formatVersion('labc version 1', '1', values), text));
	}

	test('refuses other forms', () => {
		assert.throws(() => formatVersion('', '', { short: undefined, format: 'xml' }), {
			message: '`--format` takes pretty or json, not `xml`',
		});
	});
});

test('the version is the one of package.json', () => {
	assert.equal(labcVersion, manifest.version);
});
