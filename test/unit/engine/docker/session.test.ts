import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoint } from '../../../../src/engine/docker/endpoint-address.ts';
import type { JsonAnswer, JsonRequest, JsonStream } from '../../../../src/engine/docker/json-door.ts';
import { openSession } from '../../../../src/engine/docker/session.ts';

const endpoint: Endpoint = { kind: 'unix', socketPath: '/d.sock', address: 'unix:///d.sock', origin: 'the default' };

function sessionOn(answer: Partial<JsonAnswer> | Error, apiVersion?: string) {
	const asked: string[] = [];
	const sent: JsonRequest[] = [];
	const door = {
		async send(request: JsonRequest): Promise<JsonAnswer> {
			asked.push(request.path);
			sent.push(request);
			if (answer instanceof Error) throw answer;
			return { status: 200, apiVersion: '1.45', body: [], ...answer };
		},
		async listen(path: string): Promise<JsonStream> {
			asked.push(path);
			if (answer instanceof Error) throw answer;
			return { status: 200, apiVersion: '1.45', ...answer, body: inBits(JSON.stringify(answer.body)) };
		},
	};
	return { session: openSession({ endpoint, door, ...(apiVersion !== undefined && { apiVersion }) }), asked, sent };
}

async function* inBits(text: string): AsyncGenerator<Uint8Array> {
	for (const bit of [text.slice(0, 5), text.slice(5)]) yield Buffer.from(bit);
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

	test('a change is sent in the version of both, asked for where nothing was read', async () => {
		const { session, asked } = sessionOn({});
		await session.change('remove volume `v`', { method: 'DELETE', path: '/volumes/v' });
		await session.change('start container `x`', { path: '/containers/x/start' });
		assert.deepEqual(asked, ['/_ping', '/v1.45/volumes/v', '/v1.45/containers/x/start']);
	});

	test('a change takes its query and body along; what is undefined is left out', async () => {
		const { session, sent } = sessionOn({ status: 201, body: { Id: 'x' } }, '1.45');
		const query = { name: 'a/b', platform: undefined };
		assert.deepEqual(await session.change('create', { path: '/containers/create', query, body: { Image: 'i' } }), {
			Id: 'x',
		});
		assert.partialDeepStrictEqual(sent, [
			{ method: 'POST', path: '/v1.45/containers/create?name=a%2Fb', body: { Image: 'i' } },
		]);
	});

	test('listens in the version of both, and reads what comes bit by bit', async () => {
		const { session, asked } = sessionOn({ body: { a: 1, b: 2 } });
		const heard: string[] = [];
		for await (const bytes of await session.listen('listen to events', '/events', new AbortController().signal))
			heard.push(Buffer.from(bytes).toString());
		assert.deepEqual(heard, ['{"a":', '1,"b":2}']);
		assert.deepEqual(asked, ['/_ping', '/v1.45/events']);
	});

	test('an engine that lets nobody listen says why', async () => {
		const { session } = sessionOn({ status: 400, body: { message: 'bad filter' } }, '1.45');
		const listening = session.listen('listen to events', '/events', new AbortController().signal);
		await assert.rejects(listening, { code: 'ENGINE_REFUSED', message: 'cannot listen to events: bad filter' });
	});

	test('where nobody answers who listens is told so, and who gave up is not', async () => {
		const gone = Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' });
		const { session } = sessionOn(gone, '1.45');
		const listening = session.listen('listen to events', '/events', new AbortController().signal);
		await assert.rejects(listening, { code: 'ENGINE_UNREACHABLE' });
		await assert.rejects(session.listen('listen to events', '/events', AbortSignal.abort()), gone);
	});

	test('an engine that goes away while it tells is told of in our words, and who gave up hears the system', async () => {
		const broken = Object.assign(new Error('pass `verbose: true` to fetch()'), { code: 'ECONNRESET' });
		async function* breaking(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('{}');
			throw broken;
		}
		const door = {
			send: () => assert.fail(),
			listen: async () => ({ status: 200, apiVersion: '1.45', body: breaking() }),
		};
		const session = openSession({ endpoint, door, apiVersion: '1.45' });
		const hear = async (signal: AbortSignal): Promise<void> => {
			for await (const bytes of await session.listen('listen to events', '/events', signal))
				assert.equal(bytes.length, 2);
		};
		await assert.rejects(hear(new AbortController().signal), { code: 'ENGINE_UNREACHABLE', message: /broke off$/ });
		await assert.rejects(hear(AbortSignal.abort()), broken);
	});

	const settled = [204, 304];
	for (const status of settled) {
		test(`a change that is answered by ${status} is done`, async () => {
			const { session } = sessionOn({ status, body: '' });
			await assert.doesNotReject(session.change('stop container `x`', { path: '/containers/x/stop' }));
		});
	}

	test('a change that is refused is told in the words of the engine', async () => {
		const { session } = sessionOn({ status: 409, body: { message: 'container x is not paused' } }, '1.45');
		await assert.rejects(session.change('unpause container `x`', { path: '/containers/x/unpause' }), {
			code: 'ENGINE_CONFLICT',
			message: 'cannot unpause container `x`: container x is not paused',
		});
	});

	test('what ends a change that was given up is passed on as it is', async () => {
		const { session } = sessionOn(new Error('gone'), '1.45');
		const signal = AbortSignal.abort(new Error('enough'));
		await assert.rejects(session.change('wait', { path: '/containers/x/wait', signal }), { message: 'gone' });
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
		await assert.rejects(session.change('create', { path: '/containers/create' }), { code: 'ENGINE_UNREACHABLE' });
	});
});
