import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { portInUse, takenPort } from '../../../../src/engine/docker/port-in-use.ts';

const refusals: readonly { reason: string; port: number | undefined }[] = [
	{ reason: 'failed to bind host port for 0.0.0.0:18777:172.17.0.2:80/tcp: address already in use', port: 18777 },
	{ reason: 'failed to bind host port for [::]:18777:172.17.0.2:80/tcp: address already in use', port: 18777 },
	{ reason: 'failed to bind host port 127.0.0.1:8888/tcp: address already in use', port: 8888 },
	{ reason: 'Bind for 0.0.0.0:8080 failed: port is already allocated', port: 8080 },
	{ reason: 'Bind for ::1:18778 failed: port is already allocated', port: 18778 },
	{
		reason: 'Error starting userland proxy: listen tcp4 0.0.0.0:6006: bind: address already in use',
		port: 6006,
	},
	{ reason: 'address already in use', port: undefined },
	{ reason: 'no such image: web:80', port: undefined },
];

describe('takenPort', () => {
	for (const { reason, port } of refusals) {
		test(`in \`${reason}\` it is ${port ?? 'unknown'}`, () => assert.equal(takenPort(reason), port));
	}
});

describe('portInUse', () => {
	test('names the port and the container that has it', () => {
		const error = portInUse('Bind for 0.0.0.0:8080 failed: port is already allocated', 'start it', 'other-web-1');
		assert.equal(error?.code, 'PORT_IN_USE');
		assert.equal(
			error?.message,
			'cannot start it: port `8080` of this host is already in use by container `other-web-1`',
		);
	});

	test('without a container it says how to find who has it', () => {
		const error = portInUse('listen tcp4 0.0.0.0:6006: bind: address already in use', 'start it');
		assert.match(error?.hint ?? '', /sport = :6006/);
	});

	test('another refusal is none', () => assert.equal(portInUse('no such image', 'start it'), undefined));
});
