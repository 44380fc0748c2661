import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoint } from '../../../../src/engine/docker/endpoint-address.ts';
import type { JsonAnswer } from '../../../../src/engine/docker/json-door.ts';
import { openSession } from '../../../../src/engine/docker/session.ts';

const endpoint: Endpoint = { kind: 'unix', socketPath: '/d.sock', address: 'unix:///d.sock', origin: 'the default' };

function sessionOn(answer: Partial<JsonAnswer> | Error, apiVersion?: string) {
	const asked: string[] = [];
	const door = {
		async get(path: string): Promise<JsonAnswer> {
			asked.push(path);
			if (answer instanceof Error) throw answer;
			return { status: 200, apiVersion: '1.45', body: [], ...answer };
		},
	};
	return { session: openSession({ endpoint, door, ...(apiVersion !== undefined && { apiVersion }) }), asked };
}

describe('a session', () => {
	test('asks nothing before the first call', () => {
		assert.deepEqual(sessionOn({}).asked, []);
	});

	test('learns the version from its first read, which needs no call of its own', async () => {
		const { session, asked } = sessionOn({});
		await session.read('list networks', '/networks');
		await session.read('list volumes', '/volumes');
		assert.equal(await session.apiVersion(), '1.45');
		assert.deepEqual(asked, ['/networks', '/v1.45/volumes']);
	});

	test('asks for the version where nothing was read', async () => {
		const { session, asked } = sessionOn({});
		assert.equal(await session.apiVersion(), '1.45');
		assert.equal(await session.apiVersion(), '1.45');
		assert.deepEqual(asked, ['/_ping']);
	});

	test('keeps to a version that was given', async () => {
		const { session, asked } = sessionOn({}, '1.41');
		await session.read('list networks', '/networks');
		assert.equal(await session.apiVersion(), '1.41');
		assert.deepEqual(asked, ['/v1.41/networks']);
	});

	test('an answer of 400 or more is a refusal in the words of the engine', async () => {
		const { session } = sessionOn({ status: 404, body: { message: 'No such container: x' } });
		await assert.rejects(session.read('inspect container `x`', '/containers/x/json'), {
			code: 'ENGINE_NOT_FOUND',
			message: 'cannot inspect container `x`: No such container: x',
		});
	});

	test('an engine that is too old is refused at the first read', async () => {
		await assert.rejects(sessionOn({ apiVersion: '1.39' }).session.read('list', '/networks'), {
			code: 'ENGINE_UNSUPPORTED',
		});
	});

	test('something else that answers is not taken for an engine', async () => {
		await assert.rejects(sessionOn({ apiVersion: undefined }).session.read('list', '/networks'), {
			code: 'ENGINE_UNREACHABLE',
			message: 'what answers at `unix:///d.sock` is not a Docker engine',
		});
	});

	test('silence is told with the place where it was met', async () => {
		const { session } = sessionOn(Object.assign(new Error('x'), { code: 'ENOENT' }));
		await assert.rejects(session.read('list', '/networks'), { code: 'ENGINE_UNREACHABLE' });
		await assert.rejects(
			session.write('create', async () => {}),
			{ code: 'ENGINE_UNREACHABLE' },
		);
	});
});
