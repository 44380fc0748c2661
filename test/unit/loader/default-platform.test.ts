import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allOnDefaultPlatform, defaultPlatform } from '../../../src/loader/default-platform.ts';
import type { Service } from '../../../src/model/service.ts';

const arm = 'linux/arm64';
const plain: Service = { command: null, entrypoint: null };
const built = (platforms?: readonly string[]): Service => ({
	...plain,
	build: { context: '/', ...(platforms !== undefined && { platforms }) },
});

function load(services: Readonly<Record<string, Service>>, platform: string | undefined) {
	const variables = new Map(platform === undefined ? [] : [['DOCKER_DEFAULT_PLATFORM', platform]]);
	const placed = allOnDefaultPlatform(new Map(Object.entries(services)), variables);
	return [...placed].map(([name, service]) => [name, service.platform]);
}

describe('allOnDefaultPlatform', () => {
	test('what is built gets it, what is not or says another one does not', () => {
		const services = { built: built(), plain, own: { ...built(), platform: 'linux/amd64' }, fits: built([arm]) };
		assert.deepEqual(load(services, arm), [
			['built', arm],
			['plain', undefined],
			['own', 'linux/amd64'],
			['fits', arm],
		]);
	});

	test('nothing is said where there is none', () => {
		for (const none of [undefined, '']) assert.deepEqual(load({ built: built() }, none), [['built', undefined]]);
		assert.equal(defaultPlatform(new Map([['DOCKER_DEFAULT_PLATFORM', '']])), undefined);
	});
});
