import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { portInUse, takenPort } from '../../../../src/engine/docker/port-in-use.ts';

/** The words of engines 20.10 to 28, with and without the userland proxy. */
const cases = [
	{
		when: 'another container has it (20.10)',
		reason:
			'driver failed programming external connectivity on endpoint web (0f): Bind for 0.0.0.0:8888 failed: port is already allocated',
		port: 8888,
	},
	{
		when: 'another container has it (28)',
		reason:
			'failed to set up container networking: driver failed programming external connectivity on endpoint w (9): Bind for 127.0.0.1:8888 failed: port is already allocated',
		port: 8888,
	},
	{
		when: 'a program has it (20.10)',
		reason: 'Error starting userland proxy: listen tcp4 0.0.0.0:6006: bind: address already in use',
		port: 6006,
	},
	{
		when: 'a program has it (28)',
		reason: 'failed to bind host port for 0.0.0.0:6006:172.18.0.2:80/tcp: address already in use',
		port: 6006,
	},
	{ when: 'an IPv6 address is meant', reason: 'listen tcp6 [::]:6006: bind: address already in use', port: 6006 },
	{ when: 'no port is named', reason: 'port is already allocated', port: undefined },
	{ when: 'something else is wrong', reason: 'Bind for 0.0.0.0:1 failed: permission denied', port: undefined },
];

describe('takenPort', () => {
	for (const { when, reason, port } of cases) test(`when ${when}`, () => assert.equal(takenPort(reason), port));
});

describe('portInUse', () => {
	const reason = 'Bind for 0.0.0.0:8888 failed: port is already allocated';

	test('names the port and how to find who has it', () => {
		const error = portInUse(reason, 'start container `web`');
		assert.equal(error?.code, 'PORT_IN_USE');
		assert.equal(error?.message, 'cannot start container `web`: port `8888` of this host is already in use');
		assert.match(error?.hint ?? '', /ss -ltnp 'sport = :8888'/);
	});

	test('names the container that has it', () => {
		const error = portInUse(reason, 'start container `web`', 'lab-ada-jupyter-1');
		assert.match(error?.message ?? '', /already in use by container `lab-ada-jupyter-1`$/);
		assert.match(error?.hint ?? '', /stop `lab-ada-jupyter-1`/);
	});

	test('says nothing of other refusals', () => assert.equal(portInUse('no space left', 'start'), undefined));
});
