import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { LabcEvent } from '../../../src/events/event.ts';
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
async function opened() {
	const host = new MemoryHost('/p');
	const told: Omit<LabcEvent, 'at'>[] = [];
	let time = 0;
	const request: SessionRequest = {
		projectName: 'lab',
		workingDir: '/p',
		rules: [rule],
		inMemory: () => () => false,
		engine: {
			listContainers: async () => [],
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
		now: () => time,
		pause: async () => undefined,
		perform: async () => undefined,
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
	return { host, session, pass, synced };
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
});
