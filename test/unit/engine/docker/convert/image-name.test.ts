import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { registryOf, splitReference } from '../../../../../src/engine/docker/convert/image-name.ts';

const hub = 'https://index.docker.io/v1/';
const cases = [
	{ reference: 'alpine', parts: { name: 'alpine' }, registry: hub },
	{ reference: 'alpine:3', parts: { name: 'alpine', tag: '3' }, registry: hub },
	{ reference: 'me/app:1', parts: { name: 'me/app', tag: '1' }, registry: hub },
	{ reference: 'docker.io/me/app', parts: { name: 'docker.io/me/app' }, registry: hub },
	{ reference: 'localhost/app', parts: { name: 'localhost/app' }, registry: 'localhost' },
	{ reference: 'reg:5000/app', parts: { name: 'reg:5000/app' }, registry: 'reg:5000' },
	{ reference: 'reg.example/a/b:2', parts: { name: 'reg.example/a/b', tag: '2' }, registry: 'reg.example' },
	{ reference: 'app@sha256:0f', parts: { name: 'app', digest: 'sha256:0f' }, registry: hub },
	{
		reference: 'reg:5000/app:1@sha256:0f',
		parts: { name: 'reg:5000/app', tag: '1', digest: 'sha256:0f' },
		registry: 'reg:5000',
	},
];

describe('image references', () => {
	for (const { reference, parts, registry } of cases) {
		test(`\`${reference}\``, () => {
			assert.deepEqual(splitReference(reference), parts);
			assert.equal(registryOf(reference), registry);
		});
	}
});
