import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { type AwaitRequest, awaitContainers } from '../../../src/execute/await-containers.ts';
import { watchContainers } from '../../../src/execute/container-watch.ts';
import type { AwaitCondition } from '../../../src/plan/plan.ts';
import { exited, running, scriptedContainers } from './scripted-containers.ts';

type Scripted = ReturnType<typeof scriptedContainers>;

const starting = running({ health: 'starting' });
const healthy = running({ health: 'healthy' });

/** Starts a wait and says, whenever asked, how it stands. */
function begin(scripted: Scripted, condition: AwaitCondition, over: Partial<AwaitRequest> = {}) {
	const interrupt = new AbortController();
	const watch = watchContainers(scripted.engine, 'lab');
	let standing = 'waiting';
	const outcome = awaitContainers(
		{ service: 'web', containers: [{ id: 'w', name: 'lab-web-1' }], condition, ...over },
		{ engine: scripted.engine, watch, signal: interrupt.signal },
	).then(
		() => {
			standing = 'met';
		},
		(error: Error & { code?: string }) => {
			standing = `${error.code}: ${error.message.split('\n')[0]}`;
		},
	);
	return {
		interrupt,
		outcome,
		async standing() {
			for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
			await new Promise((resolve) => setImmediate(resolve));
			return standing;
		},
	};
}

describe('awaitContainers', () => {
	beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
	afterEach(() => mock.timers.reset());

	test('a condition that is met already takes one look and no time', async () => {
		const scripted = scriptedContainers({ w: healthy });
		await begin(scripted, 'service_healthy').outcome;
		assert.deepEqual(scripted.calls, ['events com.docker.compose.project=lab', 'inspect w']);
	});

	test('it listens before it looks, so nothing that happens in between is missed', async () => {
		const scripted = scriptedContainers({ w: starting });
		const wait = begin(scripted, 'service_healthy');
		assert.equal(await wait.standing(), 'waiting');
		assert.ok(scripted.calls.indexOf('inspect w') > scripted.calls.findIndex((call) => call.startsWith('events')));
	});

	test('an event ends the wait at once, without any timer', async () => {
		const scripted = scriptedContainers({ w: starting });
		const wait = begin(scripted, 'service_healthy');
		assert.equal(await wait.standing(), 'waiting');
		scripted.change('w', healthy);
		assert.equal(await wait.standing(), 'met');
	});

	test('events of other containers are not looked into', async () => {
		const scripted = scriptedContainers({ w: starting, other: starting });
		const wait = begin(scripted, 'service_healthy');
		await wait.standing();
		scripted.change('other', healthy);
		assert.equal(await wait.standing(), 'waiting');
		assert.equal(scripted.calls.filter((call) => call.startsWith('inspect')).length, 1);
	});

	test('a lost event costs ten seconds at most', async () => {
		const scripted = scriptedContainers({ w: starting });
		const wait = begin(scripted, 'service_healthy');
		await wait.standing();
		scripted.change('w', healthy, { silently: true });
		mock.timers.tick(9_999);
		assert.equal(await wait.standing(), 'waiting');
		mock.timers.tick(1);
		assert.equal(await wait.standing(), 'met');
	});

	test('a broken event stream makes everybody look again', async () => {
		const scripted = scriptedContainers({ w: starting });
		const wait = begin(scripted, 'service_healthy');
		await wait.standing();
		scripted.change('w', healthy, { silently: true });
		scripted.breakEvents();
		assert.equal(await wait.standing(), 'met');
	});

	test('all containers of the service must meet it', async () => {
		const scripted = scriptedContainers({ w: healthy, x: starting });
		const containers = [
			{ id: 'w', name: 'lab-web-1' },
			{ id: 'x', name: 'lab-web-2' },
		];
		const wait = begin(scripted, 'service_healthy', { containers });
		assert.equal(await wait.standing(), 'waiting');
		scripted.change('x', healthy);
		assert.equal(await wait.standing(), 'met');
	});

	test('a job is done when it ended with 0', async () => {
		const scripted = scriptedContainers({ w: running() });
		const wait = begin(scripted, 'service_completed_successfully');
		assert.equal(await wait.standing(), 'waiting');
		scripted.change('w', exited(0));
		assert.equal(await wait.standing(), 'met');
	});

	for (const { exitCode, standing } of [
		{ exitCode: 0, standing: 'met' },
		{ exitCode: 2, standing: `CONTAINER_EXITED: service "web" didn't complete successfully: exit 2` },
	]) {
		test(`of a job with replicas the first that ends decides, here with ${exitCode}`, async () => {
			const scripted = scriptedContainers({ w: running(), x: running() });
			const containers = [
				{ id: 'w', name: 'lab-web-1' },
				{ id: 'x', name: 'lab-web-2' },
			];
			const wait = begin(scripted, 'service_completed_successfully', { containers });
			assert.equal(await wait.standing(), 'waiting');
			scripted.change('x', exited(exitCode));
			assert.equal(await wait.standing(), standing);
		});
	}

	test('a container without a health check counts as running when it stays up for a second', async () => {
		const scripted = scriptedContainers({ w: running() });
		const wait = begin(scripted, 'running_or_healthy');
		await wait.standing();
		mock.timers.tick(999);
		assert.equal(await wait.standing(), 'waiting');
		mock.timers.tick(1);
		assert.equal(await wait.standing(), 'met');
	});

	test('a container that exits within that second has failed', async () => {
		const scripted = scriptedContainers({ w: running() });
		const wait = begin(scripted, 'running_or_healthy');
		await wait.standing();
		mock.timers.tick(500);
		scripted.change('w', exited(3));
		assert.equal(await wait.standing(), 'CONTAINER_EXITED: container lab-web-1 exited (3)');
	});

	test('a healthy container needs no second to settle', async () => {
		const wait = begin(scriptedContainers({ w: healthy }), 'running_or_healthy');
		assert.equal(await wait.standing(), 'met');
	});

	test('a container that is removed meanwhile is told as such', async () => {
		const scripted = scriptedContainers({ w: starting });
		const wait = begin(scripted, 'service_healthy');
		await wait.standing();
		scripted.change('w', undefined);
		assert.equal(await wait.standing(), 'CONTAINER_EXITED: container lab-web-1 was removed while labc waited for it');
	});

	test('the time the user gives is the longest wait', async () => {
		const wait = begin(scriptedContainers({ w: starting }), 'running_or_healthy', { timeoutSeconds: 3 });
		await wait.standing();
		mock.timers.tick(2_999);
		assert.equal(await wait.standing(), 'waiting');
		mock.timers.tick(1);
		assert.equal(await wait.standing(), 'WAIT_TIMEOUT: application not healthy after 3s: waited for lab-web-1');
	});

	test('the time counts for a dependency too, which is told as one', async () => {
		const wait = begin(scriptedContainers({ w: starting }), 'service_healthy', { timeoutSeconds: 3 });
		await wait.standing();
		mock.timers.tick(3_000);
		assert.equal(
			await wait.standing(),
			'WAIT_TIMEOUT: timeout waiting for dependencies after 3s: waited for lab-web-1',
		);
	});

	test('an interruption ends the wait', async () => {
		const wait = begin(scriptedContainers({ w: starting }), 'service_healthy');
		await wait.standing();
		wait.interrupt.abort();
		assert.equal(await wait.standing(), 'INTERRUPTED: interrupted while waiting');
	});

	test('two who wait share one subscription', async () => {
		const scripted = scriptedContainers({ w: healthy, x: healthy });
		const watch = watchContainers(scripted.engine, 'lab');
		const tools = { engine: scripted.engine, watch, signal: new AbortController().signal };
		const request = (id: string): AwaitRequest => ({
			service: id,
			containers: [{ id, name: id }],
			condition: 'service_healthy',
		});
		await Promise.all([awaitContainers(request('w'), tools), awaitContainers(request('x'), tools)]);
		assert.equal(scripted.calls.filter((call) => call.startsWith('events')).length, 1);
	});
});
