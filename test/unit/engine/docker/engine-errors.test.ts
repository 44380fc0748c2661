import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoint } from '../../../../src/engine/docker/endpoint-address.ts';
import { messageOf, refused, toLabcError, unreachable } from '../../../../src/engine/docker/engine-errors.ts';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { reasonOf } from '../../../../src/errors/reason-of.ts';

const unix: Endpoint = { kind: 'unix', socketPath: '/d.sock', address: 'unix:///d.sock', origin: 'DOCKER_HOST' };
const tcp: Endpoint = { kind: 'tcp', host: 'h', port: 1, address: 'tcp://h:1', origin: '--host' };
const failure = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

const silent = [
	{
		when: 'there is no socket',
		endpoint: unix,
		code: 'ENOENT',
		says: /^no engine answers at `unix:\/\/\/d\.sock` \(from DOCKER_HOST\): there is no such socket$/,
		hint: /Start the engine/,
	},
	{
		when: 'the socket is not permitted',
		endpoint: unix,
		code: 'EACCES',
		says: /^you may not use the engine at `unix:\/\/\/d\.sock`.*permission denied$/,
		hint: /Join the group/,
	},
	{
		when: 'nobody listens on the socket',
		endpoint: unix,
		code: 'ECONNREFUSED',
		says: /connection refused$/,
		hint: /docker context ls/,
	},
	{
		when: 'nobody listens on the port',
		endpoint: tcp,
		code: 'ECONNREFUSED',
		says: /^no engine answers at `tcp:\/\/h:1` \(from --host\): connection refused$/,
		hint: /host and port/,
	},
	{
		when: 'it hangs up',
		endpoint: unix,
		code: 'ECONNRESET',
		says: /^the connection to the engine at `unix:\/\/\/d\.sock` \(from DOCKER_HOST\) broke off$/,
		hint: /again once the engine is back/,
	},
	{
		when: 'it closes while it is written to',
		endpoint: tcp,
		code: 'EPIPE',
		says: /broke off$/,
		hint: /again/,
	},
	{
		when: 'the host is unknown',
		endpoint: tcp,
		code: 'ENOTFOUND',
		says: /the host name is unknown$/,
		hint: /written as `unix:.*tcp:/,
	},
];

describe('unreachable', () => {
	for (const { when, endpoint, code, says, hint } of silent) {
		test(`when ${when}`, () => {
			const error = unreachable(endpoint, failure(code));
			assert.equal(error.code, 'ENGINE_UNREACHABLE');
			assert.match(error.message, says);
			assert.match(error.hint ?? '', hint);
		});
	}
});

test("a refused connection is not told in the runtime's words", () => {
	const thrown = Object.assign(new Error('ECONNREFUSED: Was there a typo in the url or port?'), {
		code: 'ECONNREFUSED',
	});
	const endpoint = { kind: 'tcp', host: 'h', port: 1, address: 'tcp://h:1', origin: '--host' } as const;
	assert.equal(reasonOf(unreachable(endpoint, thrown)), undefined);
});

const refusals = [
	{ status: 404, reason: 'No such container: x', code: 'ENGINE_NOT_FOUND' },
	{ status: 409, reason: 'container is running', code: 'ENGINE_CONFLICT' },
	{ status: 500, reason: 'no space left on device', code: 'ENGINE_REFUSED' },
	{ status: 400, reason: 'invalid mount', code: 'ENGINE_REFUSED' },
	{ status: 500, reason: 'Bind for 0.0.0.0:80 failed: port is already allocated', code: 'PORT_IN_USE' },
];

describe('refused', () => {
	for (const { status, reason, code } of refusals) {
		test(`status ${status} with \`${reason}\` is ${code}`, () => {
			const error = refused(status, reason, 'start container `x`');
			assert.equal(error.code, code);
			assert.match(error.message, /^cannot start container `x`: /);
		});
	}

	test('what cannot be done is said once where the engine says it too', () => {
		const { message } = refused(409, 'Cannot kill container: 0f1e: invalid signal: 0', 'kill container `x`');
		assert.equal(message, 'cannot kill container `x`: invalid signal: 0');
		const other = refused(500, 'cannot stop container: 0f1e: no', 'restart container `x`');
		assert.equal(other.message, 'cannot restart container `x`: cannot stop container: 0f1e: no');
	});

	test('a name that is taken comes with the way out', () => {
		const reason = 'Conflict. The container name "/web" is already in use by container "0f". You have to remove it.';
		assert.equal(refused(409, reason, 'create container `web`').hint, 'Remove or rename the container `web`.');
	});
});

describe('toLabcError', () => {
	test("takes the engine's words out of dockerode's error", () => {
		const thrown = Object.assign(new Error('(HTTP code 404) no such container - gone '), {
			statusCode: 404,
			json: { message: 'No such container: web' },
		});
		const error = toLabcError(thrown, 'stop container `web`', unix);
		assert.equal(error.message, 'cannot stop container `web`: No such container: web');
	});

	test("strips dockerode's prefix where the body was lost", () => {
		const thrown = Object.assign(new Error('(HTTP code 400) unexpected - bad thing '), { statusCode: 400, json: null });
		assert.equal(toLabcError(thrown, 'start it', unix).message, 'cannot start it: bad thing');
	});

	test('leaves its own errors and aborts as they are', () => {
		const own = new LabcError('PORT_IN_USE', 'x');
		const aborted = new DOMException('stop', 'AbortError');
		assert.equal(toLabcError(own, 'start', unix), own);
		assert.equal(toLabcError(aborted, 'start', unix), aborted);
	});

	test('an error of the connection says where it was looked for', () => {
		assert.match(toLabcError(failure('ENOENT'), 'start', unix).message, /unix:\/\/\/d\.sock/);
	});
});

describe('messageOf', () => {
	const cases = [
		{ body: { message: 'm' }, says: 'm' },
		{ body: { cause: 'c' }, says: 'c' },
		{ body: 'plain text', says: 'plain text' },
		{ body: {}, says: 'HTTP status 500' },
		{ body: undefined, says: 'HTTP status 500' },
	];
	for (const { body, says } of cases) {
		test(`reads ${JSON.stringify(body)}`, () => assert.equal(messageOf(body, 'HTTP status 500'), says));
	}
});
