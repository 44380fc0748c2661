import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConfigValues } from '../../../src/cli/config-flags.ts';
import { configRequest, isSilent } from '../../../src/cli/config-request.ts';

const none = {} as ConfigValues;
const plain = { compatibilityFlag: false };

describe('configRequest', () => {
	const views: readonly (readonly [values: Partial<ConfigValues>, view: string])[] = [
		[{}, 'project'],
		[{ services: true, images: true }, 'services'],
		[{ hash: '*', profiles: true }, 'hash'],
		[{ variables: true, environment: true }, 'variables'],
	];
	for (const [values, view] of views) {
		test(`${JSON.stringify(values)} asks for ${view}`, () => {
			assert.equal(configRequest({ ...none, ...values }, [], plain).view, view);
		});
	}

	test('switches are stages to leave out', () => {
		const values = { ...none, 'no-interpolate': true, 'no-path-resolution': true, 'no-env-resolution': true };
		assert.deepEqual(configRequest(values, [], plain).without, ['builds', 'interpolation', 'paths']);
		assert.deepEqual(configRequest(none, [], { compatibilityFlag: true }).without, ['builds', 'normalisation']);
	});

	test('only images are asked for where digests are locked', () => {
		assert.equal(configRequest({ ...none, 'lock-image-digests': true }, [], plain).digests, 'only');
		assert.equal(configRequest({ ...none, 'resolve-image-digests': true }, [], plain).digests, 'resolve');
	});

	test('lists are printed even where silence is asked for', () => {
		const values = { ...none, quiet: true };
		assert.equal(isSilent(configRequest(values, [], plain), values), true);
		const listed = { ...values, services: true };
		assert.equal(isSilent(configRequest(listed, [], plain), listed), false);
	});
});
