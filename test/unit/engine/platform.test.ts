import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isForPlatform } from '../../../src/engine/platform.ts';

const cases: readonly { readonly actual: string; readonly wanted: string; readonly fits: boolean }[] = [
	{ actual: 'linux/amd64', wanted: 'linux/amd64', fits: true },
	{ actual: 'linux/amd64', wanted: 'linux/arm64', fits: false },
	{ actual: 'linux/amd64', wanted: 'linux/x86_64', fits: true },
	{ actual: 'linux/amd64', wanted: 'amd64', fits: true },
	{ actual: 'linux/amd64', wanted: 'linux/amd64/v3', fits: false },
	{ actual: 'linux/arm64/v8', wanted: 'linux/arm64', fits: true },
	{ actual: 'linux/arm64', wanted: 'linux/aarch64/v8', fits: true },
	{ actual: 'linux/arm/v7', wanted: 'linux/arm', fits: true },
	{ actual: 'linux/arm/v6', wanted: 'linux/arm', fits: false },
	{ actual: 'linux/arm64/v8', wanted: 'linux/arm/v7', fits: false },
	{ actual: 'windows/amd64', wanted: 'linux/amd64', fits: false },
	{ actual: '', wanted: 'linux/amd64', fits: true },
];

describe('isForPlatform', () => {
	for (const { actual, wanted, fits } of cases) {
		test(`an image for \`${actual}\` is ${fits ? '' : 'not '}one for \`${wanted}\``, () => {
			assert.equal(isForPlatform(actual, wanted), fits);
		});
	}
});
