import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ContainerSummary } from '../../../src/engine/container-api.ts';
import type { Emit, Waiting } from '../../../src/events/event.ts';
import { compileRule } from '../../../src/watch/rules.ts';
import { openSession, type SessionRequest } from '../../../src/watch/session.ts';
import { MemoryHost } from '../../support/memory-host.ts';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => mock.timers.reset());

const rule = compileRule({
	service: 'app',
	index: 0,
	declared: { path: '/p', action: 'sync', target: '/app' },
	ignoreFile: undefined,
});

/** A session of a project without containers; names with `pipe` in them are pipes. */
async function opened(given: Partial<SessionRequest> = {}, containers: readonly ContainerSummary[] = []) {
	const host = new MemoryHost('/p');
	const told: Parameters<Emit>[0][] = [];
	let time = 0;
	const request: SessionRequest = {
		projectName: 'lab',
		workingDir: '/p',
		rules: [rule],
		inMemory: () => () => false,
		engine: {
			listContainers: async () => containers,
			containerEvents: async () =>
				(async function* () {
					await new Promise(() => undefined);
				})(),
		} as unknown as SessionRequest['engine'],
		files: {
			...host.files,
			look(file) {
				const look = host.files.look(file);
				return look !== undefined && file.includes('pipe') ? { ...look, kind: 'other' } : look;
			},
		},
		emit: (event) => void told.push(event),
		limits: { reached: () => undefined, passed: () => undefined, left: () => undefined, check: () => undefined },
		now: () => time,
		pause: async () => undefined,
		perform: async () => undefined,
		...given,
	};
	const session = openSession(request);
	await session.ready;
	const pass = async (): Promise<void> => {
		host.tell(Number.POSITIVE_INFINITY);
		for (let step = 0; step < 30; step += 1) {
			time += 10;
			mock.timers.tick(10);
			await turn();
		}
	};
	const synced = () =>
		told.flatMap((event) =>
			'what' in event && 'changed' in event
				? [{ changed: event.changed, ...('deleted' in event && { deleted: event.deleted }) }]
				: [],
		);
	return { host, session, told, pass, synced };
}

describe('a session', () => {
	test('does not say that a pipe was synced', async () => {
		const { host, session, pass, synced } = await opened();
		await session.start([]);
		host.put('/p/pipe', 'file', '');
		await pass();
		assert.deepEqual(synced(), []);
		host.put('/p/pipe', 'file', '1');
		host.put('/p/a', 'file', '1');
		host.put('/p/b', 'file', '1');
		await pass();
		assert.deepEqual(synced(), [{ changed: ['a', 'b'], deleted: 0 }]);
		await session.close();
	});

	test('says how much of what changed was deleted', async () => {
		const { host, session, pass, synced } = await opened();
		host.put('/p/a', 'file', '1');
		host.put('/p/b', 'file', '1');
		await session.start([]);
		await pass();
		host.remove('/p/a');
		host.put('/p/b', 'file', '2');
		await pass();
		assert.deepEqual(synced(), [
			{ changed: ['a', 'b'], deleted: 0 },
			{ changed: ['a', 'b'], deleted: 1 },
		]);
		await session.close();
	});

	test('keeps what changes before it is started, and remembers what it copied', async () => {
		const { host, session, pass, synced } = await opened();
		host.put('/p/a', 'file', '1');
		await pass();
		assert.deepEqual(synced(), []);
		await session.start([]);
		await pass();
		assert.deepEqual(synced(), [{ changed: ['a'], deleted: 0 }]);
		assert.deepEqual(await session.close(), ['/p/a']);
	});

	test('names a file where a new folder came with it, and leads with one for each action', async () => {
		const causes: unknown[] = [];
		const more = compileRule({ ...rule, index: 1, declared: { path: '/p', action: 'restart' }, ignoreFile: undefined });
		const { host, session, pass, synced } = await opened({
			rules: [rule, more],
			perform: async (_, { restart }) => void causes.push(restart),
		});
		await session.start([]);
		host.put('/p/new/deep/file', 'file', '1');
		await pass();
		const changed = ['new/deep/file', 'new', 'new/deep'];
		assert.deepEqual([synced(), causes], [[{ changed, deleted: 0 }], [changed]]);
		await session.close();
	});

	const container = (name: string, state: string): ContainerSummary =>
		({
			id: name,
			name,
			state,
			status: '',
			image: '',
			labels: { 'com.docker.compose.project': 'lab', 'com.docker.compose.service': 'app' },
		}) as unknown as ContainerSummary;
	const cases: readonly {
		readonly when: string;
		readonly containers: readonly ContainerSummary[];
		readonly message: string;
		readonly command: string;
		readonly waiting: Waiting | undefined;
	}[] = [
		{
			when: 'none is there',
			containers: [],
			message: 'no container of service `app` runs',
			command: 'up -d app',
			waiting: undefined,
		},
		{
			when: 'one has ended',
			containers: [container('lab-app-1', 'exited')],
			message: 'no container of service `app` runs',
			command: 'up -d app',
			waiting: { containers: ['lab-app-1'], arePaused: false },
		},
		{
			when: 'all are paused',
			containers: [container('lab-app-1', 'paused'), container('lab-app-2', 'paused')],
			message: '`lab-app-1`, `lab-app-2` of service `app` are paused',
			command: 'unpause app',
			waiting: { containers: ['lab-app-1', 'lab-app-2'], arePaused: true },
		},
	];
	test('says nothing of that where nothing is copied', async () => {
		const rebuild = compileRule({
			service: 'app',
			index: 0,
			declared: { path: '/p', action: 'rebuild' },
			ignoreFile: undefined,
		});
		const { session, told } = await opened({ rules: [rebuild] });
		await session.start([]);
		assert.deepEqual(
			told.map(({ type }) => type),
			['watch.ready'],
		);
		await session.close();
	});

	for (const { when, containers, message, command, waiting } of cases) {
		test(`says that no container runs, what to do, and what a change waits for, where ${when}`, async () => {
			const { host, session, told, pass } = await opened({}, containers);
			await session.start([]);
			assert.deepEqual(
				told.map(({ type }) => type),
				['watch.ready', 'warning'],
			);
			const [, warning] = told;
			assert.ok(warning?.type === 'warning');
			assert.equal(warning.message, `${message}: what changes is brought to it when one does`);
			assert.match(warning.hint ?? '', new RegExp(`^Run \`labc compose ${command}\``));
			host.put('/p/a', 'file', '1');
			await pass();
			const done = told.at(-1);
			assert.ok(done?.type === 'watch.done');
			assert.deepEqual([done.count, done.waiting], [0, waiting]);
			await session.close();
		});
	}
});
