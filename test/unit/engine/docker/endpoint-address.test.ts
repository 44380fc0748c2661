import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseEndpoint } from '../../../../src/engine/docker/endpoint-address.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';

const accepted = [
	{ value: 'unix:///run/d.sock', address: 'unix:///run/d.sock' },
	{ value: 'unix://', address: 'unix:///var/run/docker.sock' },
	{ value: 'tcp://h:4243', address: 'tcp://h:4243' },
	{ value: 'tcp://h', address: 'tcp://h:2375' },
	{ value: 'tcp://h:80', address: 'tcp://h:80' },
	{ value: 'http://h:80/', address: 'tcp://h:80' },
	{ value: 'h:4243', address: 'tcp://h:4243' },
	{ value: '10.0.0.1', address: 'tcp://10.0.0.1:2375' },
	{ value: 'tcp://[::1]:4243', address: 'tcp://[::1]:4243' },
];

const refused = [
	{
		value: 'unix://relative.sock',
		code: 'USAGE_INVALID',
		says: '`unix://relative.sock` (from DOCKER_HOST) is no engine address',
	},
	{ value: 'tcp://', code: 'USAGE_INVALID', says: '`tcp://` (from DOCKER_HOST) is no engine address' },
	{ value: 'tcp://h:99999', code: 'USAGE_INVALID', says: '`tcp://h:99999` (from DOCKER_HOST) is no engine address' },
	{ value: 'tcp://h:1/path', code: 'USAGE_INVALID', says: '`tcp://h:1/path` (from DOCKER_HOST) is no engine address' },
	{ value: 'tcp://me@h:1', code: 'USAGE_INVALID', says: '`tcp://me@h:1` (from DOCKER_HOST) is no engine address' },
	{ value: 'fd://3', code: 'USAGE_INVALID', says: '`fd://3` (from DOCKER_HOST) is no engine address' },
	{ value: '', code: 'USAGE_INVALID', says: '`` (from DOCKER_HOST) is no engine address' },
	{
		value: 'https://h:2376',
		code: 'ENGINE_UNSUPPORTED',
		says: '`https://h:2376` asks for TLS, which labc does not speak yet',
	},
	{
		value: 'ssh://me@gpu-1',
		code: 'ENGINE_UNSUPPORTED',
		says: '`ssh://me@gpu-1` (from DOCKER_HOST) needs ssh, which labc does not speak yet',
	},
	{
		value: 'npipe:////./pipe/docker_engine',
		code: 'ENGINE_UNSUPPORTED',
		says: '`npipe:////./pipe/docker_engine` (from DOCKER_HOST) is a Windows pipe, which labc does not speak',
	},
];

describe('parseEndpoint', () => {
	for (const { value, address } of accepted) {
		test(`reads \`${value}\``, () => assert.equal(parseEndpoint(value, 'DOCKER_HOST', {}).address, address));
	}

	for (const { value, code, says } of refused) {
		test(`refuses \`${value}\``, () => {
			assert.throws(
				() => parseEndpoint(value, 'DOCKER_HOST', {}),
				(error) => {
					assert.ok(error instanceof LabcError);
					assert.deepEqual([error.code, error.message], [code, says]);
					assert.ok(error.hint);
					return true;
				},
			);
		});
	}

	test('an address in brackets is dialled without them', () => {
		const endpoint = parseEndpoint('tcp://[::1]:1', '--host', {});
		assert.equal(endpoint.kind === 'tcp' && endpoint.host, '::1');
	});

	test('DOCKER_TLS_VERIFY asks for TLS on tcp, and means nothing on a socket', () => {
		const env = { DOCKER_TLS_VERIFY: '1' };
		assert.throws(() => parseEndpoint('tcp://h:2376', 'DOCKER_HOST', env), { code: 'ENGINE_UNSUPPORTED' });
		assert.equal(parseEndpoint('unix:///d.sock', 'DOCKER_HOST', env).kind, 'unix');
	});
});
