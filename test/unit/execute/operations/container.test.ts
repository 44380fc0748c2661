import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { containerHandlers } from '../../../../src/execute/operations/container.ts';
import type { Operation } from '../../../../src/plan/plan.ts';
import { details, exited, running } from '../scripted-containers.ts';
import { answers, stepRun } from './step-runs.ts';

const gone = new LabcError('ENGINE_NOT_FOUND', 'no such container');
const web = { name: 'lab-web-1', id: 'w' };
const removal = { type: 'container.remove', service: 'web', container: web, force: true, volumes: false } as const;

describe('containers', () => {
	test('a start finds the container that an earlier step made', async () => {
		const started: string[] = [];
		const engine = { startContainer: async (id: string) => void started.push(id) };
		const { run } = stepRun(engine, { results: new Map([[1, { containerId: 'fresh' }]]) });
		const container = { name: 'lab-web-1', createdBy: 1 };
		await containerHandlers['container.start']({ type: 'container.start', service: 'web', container }, run);
		assert.deepEqual(started, ['fresh']);
	});

	test('starting what is gone is a failure', async () => {
		const { run } = stepRun({ startContainer: answers<void>(gone).next });
		const operation = { type: 'container.start', service: 'web', container: web } as const;
		await assert.rejects(containerHandlers['container.start'](operation, run), gone);
	});

	test('a refusal names the container, not its id', async () => {
		const id = 'f'.repeat(64);
		const refusal = new LabcError('PORT_IN_USE', `cannot start container \`${id}\`: port \`80\` is taken`, {
			hint: 'Wait.',
		});
		const { run } = stepRun({ startContainer: answers<void>(refusal).next });
		const operation = { type: 'container.start', service: 'web', container: { name: 'lab-web-1', id } } as const;
		await assert.rejects(containerHandlers['container.start'](operation, run), {
			code: 'PORT_IN_USE',
			message: 'cannot start container `lab-web-1`: port `80` is taken',
			hint: 'Wait.',
		});
	});

	test('stopping what is gone is done', async () => {
		const { run } = stepRun({ stopContainer: answers<void>(gone).next });
		const operation = { type: 'container.stop', service: 'web', container: web, timeoutSeconds: 3 } as const;
		assert.deepEqual(await containerHandlers['container.stop'](operation, run), {});
	});

	test('a stop passes the time on', async () => {
		const calls: unknown[] = [];
		const { run } = stepRun({ stopContainer: async (...args) => void calls.push(args) });
		const operation = { type: 'container.stop', service: 'web', container: web, timeoutSeconds: 3 } as const;
		await containerHandlers['container.stop'](operation, run);
		assert.deepEqual(calls, [['w', 3]]);
	});

	test('removing what is gone is done', async () => {
		const { run } = stepRun({ removeContainer: answers<void>(gone).next });
		assert.deepEqual(await containerHandlers['container.remove'](removal, run), {});
	});

	test('a removal that somebody else began is waited for', async () => {
		const busy = new LabcError('ENGINE_CONFLICT', 'removal of container w is already in progress');
		const waited: unknown[] = [];
		const { run } = stepRun({
			removeContainer: answers<void>(busy).next,
			async waitContainer(id, condition) {
				waited.push([id, condition]);
				return { exitCode: 0 };
			},
		});
		assert.deepEqual(await containerHandlers['container.remove'](removal, run), {});
		assert.deepEqual(waited, [['w', 'removed']]);
	});

	test('a running container that is not to be forced is not removed', async () => {
		const running = new LabcError('ENGINE_CONFLICT', 'you cannot remove a running container');
		const { run } = stepRun({ removeContainer: answers<void>(running).next });
		await assert.rejects(containerHandlers['container.remove'](removal, run), running);
	});

	const inPlace = [
		{ operation: { type: 'container.restart', timeoutSeconds: 3 }, call: ['restartContainer', 'w', 3] },
		{ operation: { type: 'container.kill', signal: 'SIGHUP' }, call: ['killContainer', 'w', 'SIGHUP'] },
		{ operation: { type: 'container.pause' }, call: ['pauseContainer', 'w'] },
		{ operation: { type: 'container.unpause' }, call: ['unpauseContainer', 'w'] },
	] as const;
	for (const { operation, call } of inPlace) {
		test(`${operation.type} is one call with all it was asked for`, async () => {
			const calls: unknown[] = [];
			const [method] = call;
			const { run } = stepRun({ [method]: async (...args: unknown[]) => void calls.push([method, ...args]) });
			const step: Operation = { ...operation, service: 'web', container: web };
			assert.deepEqual(await containerHandlers[step.type](step as never, run), {});
			assert.deepEqual(calls, [call]);
		});

		test(`${operation.type} of what is gone is a failure`, async () => {
			const [method] = call;
			const { run } = stepRun({ [method]: answers<void>(gone).next });
			const step: Operation = { ...operation, service: 'web', container: web };
			await assert.rejects(containerHandlers[step.type](step as never, run), gone);
		});
	}

	test('a rename to the name it has is done', async () => {
		const words = 'cannot rename: Renaming a container with the same name as its current name';
		const { run } = stepRun({ renameContainer: () => Promise.reject(new LabcError('ENGINE_REFUSED', words)) });
		const operation = { type: 'container.rename', service: 'web', container: web, to: 'lab-web-1' } as const;
		assert.deepEqual(await containerHandlers['container.rename'](operation, run), {});
	});

	test('a rename gives the new name', async () => {
		const calls: unknown[] = [];
		const { run } = stepRun({ renameContainer: async (...args) => void calls.push(args) });
		const operation = { type: 'container.rename', service: 'web', container: web, to: 'lab-web-1' } as const;
		await containerHandlers['container.rename'](operation, run);
		assert.deepEqual(calls, [['w', 'lab-web-1']]);
	});

	test('a reference to a step that made nothing is a bug, not a call', async () => {
		const { run } = stepRun({});
		const container = { name: 'lab-web-1', createdBy: 9 };
		await assert.rejects(
			containerHandlers['container.start']({ type: 'container.start', service: 'web', container }, run),
			/step 9 made no container `lab-web-1`/,
		);
	});
});

describe('container.await', () => {
	const dead = { inspectContainer: async () => details(exited(3)), containerLogs: () => Promise.reject(gone) };
	const awaiting = (required: boolean) =>
		({
			type: 'container.await',
			service: 'web',
			containers: [web],
			condition: 'service_healthy',
			required,
		}) as const;

	test('a required dependency that failed is a failure', async () => {
		const { run } = stepRun(dead);
		await assert.rejects(containerHandlers['container.await'](awaiting(true), run), { code: 'CONTAINER_EXITED' });
	});

	test('an optional dependency that failed is told and the rest goes on', async () => {
		const { run } = stepRun(dead);
		const { skipped } = await containerHandlers['container.await'](awaiting(false), run);
		assert.match(skipped ?? '', /^optional dependency: dependency failed to start: container lab-web-1 exited \(3\)/);
	});

	const unmet = [
		{ when: 'is unhealthy', state: running({ health: 'unhealthy' }), told: /lab-web-1 is unhealthy/ },
		{ when: 'has no health check', state: running(), told: /lab-web-1 has no healthcheck configured/ },
	];
	for (const { when, state, told } of unmet) {
		test(`an optional dependency that ${when} is told too`, async () => {
			const { run } = stepRun({ ...dead, inspectContainer: async () => details(state) });
			assert.match((await containerHandlers['container.await'](awaiting(false), run)).skipped ?? '', told);
		});
	}

	const others = [
		{ what: 'an engine that was lost', error: new LabcError('ENGINE_UNREACHABLE', 'connection refused') },
		{ what: 'a refusal of the engine', error: new LabcError('ENGINE_REFUSED', 'no') },
		{ what: 'a bug', error: new TypeError('x is not a function') },
	];
	for (const { what, error } of others) {
		test(`${what} is not taken for a failed optional dependency`, async () => {
			const { run } = stepRun({ inspectContainer: answers<never>(error).next });
			await assert.rejects(containerHandlers['container.await'](awaiting(false), run), error);
		});
	}

	test('the time the user gives bounds the wait for a dependency', async () => {
		const starting = details(running({ health: 'starting' }));
		const { run } = stepRun({ inspectContainer: async () => starting }, { waitTimeoutSeconds: 0.01 });
		await assert.rejects(containerHandlers['container.await'](awaiting(true), run), { code: 'WAIT_TIMEOUT' });
	});

	test('an interruption is not taken for a failed optional dependency', async () => {
		const { run } = stepRun(dead, { signal: AbortSignal.abort() });
		await assert.rejects(containerHandlers['container.await'](awaiting(false), run), { code: 'INTERRUPTED' });
	});
});
