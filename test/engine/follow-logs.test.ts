import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../../src/engine/engine.ts';
import { containerLabels } from '../../src/state/labels.ts';
import { followLogs } from '../../src/use-cases/follow-logs.ts';
import type { ContainerExit, FollowLogsRequest } from '../../src/use-cases/follow-logs-request.ts';
import { printLogs } from '../../src/use-cases/print-logs.ts';
import { containerSpec } from '../support/container-spec.ts';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';

describe('logs of containers', { skip: (await whyNoTestEngine()) ?? false }, () => {
	let engine: Engine;
	const mark = `labct-logs-${randomBytes(4).toString('hex')}`;
	const projects: string[] = [];
	before(async () => {
		engine = await connectTestEngine();
	});
	after(async () => {
		for (const project of projects) {
			for (const { id } of await engine.listContainers([`com.docker.compose.project=${project}`])) {
				await engine.removeContainer(id, { force: true, volumes: true });
			}
		}
	});

	/** A project of its own for a test. */
	const newProject = (): string => {
		const name = `${mark}-${projects.length}`;
		projects.push(name);
		return name;
	};

	const create = async (
		projectName: string,
		service: string,
		{ script, number = 1, restart, tty }: { script: string; number?: number; restart?: string; tty?: true },
	): Promise<string> => {
		const spec = containerSpec(`${projectName}-${service}-${number}`, {
			labels: containerLabels(
				{ name: projectName, workingDir: '/', configFiles: [], environmentFiles: [] },
				{ service, configHash: 'x', version: '2.40.3', imageId: '', dependencies: [], replica: { number } },
			),
			service: { command: ['sh', '-c', script], ...(restart !== undefined && { restart }), ...(tty && { tty }) },
		});
		return (await engine.createContainer(spec)).id;
	};

	const start = async (...args: Parameters<typeof create>): Promise<string> => {
		const id = await create(...args);
		await engine.startContainer(id);
		return id;
	};

	const ended = (id: string) => engine.waitContainer(id, 'not-running');

	/** A reader; `saw` resolves when the output has the pattern. */
	const reader = (projectName: string, changes: Partial<FollowLogsRequest> = {}) => {
		let text = '';
		const listeners = new Set<() => void>();
		const stop = new AbortController();
		const take = async (piece: string | Uint8Array): Promise<void> => {
			text += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
			for (const listener of listeners) listener();
		};
		const request: FollowLogsRequest = {
			selection: { projectName, services: [] },
			range: {},
			style: { prefix: true, colour: false, terminal: false, separateStderr: false },
			sink: { out: take, err: take },
			signal: stop.signal,
			history: 'all',
			...changes,
		};
		const saw = (pattern: RegExp): Promise<void> =>
			new Promise((resolve) => {
				const look = (): void => {
					if (pattern.test(text)) resolve();
				};
				listeners.add(look);
				look();
			});
		return { request, text: () => text, saw, stop: () => stop.abort() };
	};

	test('are printed service by service, both streams, behind aligned names', async () => {
		const project = newProject();
		await ended(await start(project, 'web', { script: 'echo one; sleep 0.2; echo two >&2' }));
		await ended(await start(project, 'database', { script: 'printf no-end' }));
		const { request, text } = reader(project);
		await printLogs(engine, request);
		assert.equal(text(), 'database-1  | no-end\nweb-1       | one\nweb-1       | two\n');
	});

	test('of one replica, the last lines only, with the times', async () => {
		const project = newProject();
		await ended(await start(project, 'web', { script: 'echo wrong', number: 1 }));
		await ended(await start(project, 'web', { script: 'seq 1 9', number: 2 }));
		const { request, text } = reader(project, {
			selection: { projectName: project, services: ['web'], index: 2 },
			range: { tail: 2, timestamps: true },
		});
		await printLogs(engine, request);
		assert.match(text(), /^web-2 {2}\| 20\S+Z 8\nweb-2 {2}\| 20\S+Z 9\n$/);
	});

	test('of a container with a terminal carry no carriage return', async () => {
		const project = newProject();
		await ended(await start(project, 'web', { script: 'echo a; echo b', tty: true }));
		const { request, text } = reader(project);
		await printLogs(engine, request);
		assert.equal(text(), 'web-1  | a\nweb-1  | b\n');
	});

	test('are followed to the end of the last container, whose status is told after its last line', async () => {
		const project = newProject();
		await start(project, 'web', { script: 'echo begin; sleep 0.3; printf last; exit 3' });
		const exits: ContainerExit[] = [];
		const { request, text } = reader(project, { onExit: (exit) => exits.push(exit) });
		await followLogs(engine, request);
		assert.equal(text(), 'web-1  | begin\nweb-1  | last\nweb-1 exited with code 3\n');
		assert.deepEqual(
			exits.map(({ name, exitCode, restarting }) => ({ name, exitCode, restarting })),
			[{ name: 'web-1', exitCode: 3, restarting: false }],
		);
	});

	test('are followed through restarts, each line once', async () => {
		const project = newProject();
		const script = 'n=$(cat /n 2>/dev/null || echo 0); echo run $n; echo $((n+1)) > /n; sleep 0.2; exit 1';
		await start(project, 'web', { script, restart: 'on-failure:2' });
		const { request, text } = reader(project);
		await followLogs(engine, request);
		const again = 'web-1 exited with code 1 (restarting)';
		assert.deepEqual(text().trimEnd().split('\n'), [
			'web-1  | run 0',
			again,
			'web-1  | run 1',
			again,
			'web-1  | run 2',
			'web-1 exited with code 1',
		]);
	});

	test('of an ended container that is started again show only its new lines, when only those are asked for', async () => {
		const project = newProject();
		const id = await start(project, 'web', {
			script: 'n=$(cat /n 2>/dev/null || echo 0); n=$((n+1)); echo $n; echo $n > /n; sleep 0.3',
		});
		await ended(id);
		await delay(50);
		const broughtUp = Promise.withResolvers<void>();
		const ready = Promise.withResolvers<void>();
		const { request, text } = reader(project, { history: 'none', until: broughtUp.promise, onReady: ready.resolve });
		const following = followLogs(engine, request);
		await ready.promise;
		await engine.startContainer(id);
		broughtUp.resolve();
		await following;
		assert.equal(text(), 'web-1  | 2\nweb-1 exited with code 0\n');
	});

	test('of a container that appears later are picked up, from its first line on', async () => {
		const project = newProject();
		const first = await start(project, 'web', { script: 'echo old; sleep 600' });
		const { request, text, saw } = reader(project, { lingerMs: 200 });
		const following = followLogs(engine, request);
		await saw(/old/);
		await start(project, 'later', { script: 'echo new; sleep 0.2' });
		await saw(/later-1 +\| new/);
		await saw(/later-1 exited with code 0/);
		await engine.removeContainer(first, { force: true, volumes: true });
		await following;
		assert.match(text(), /web-1 {2}\| old\n/);
	});

	test('end quietly when nobody wants them any more', async () => {
		const project = newProject();
		await start(project, 'web', { script: 'echo here; sleep 600' });
		const { request, saw, stop } = reader(project);
		const following = followLogs(engine, request);
		await saw(/here/);
		stop();
		await following;
	});

	test('of 30 MB are printed in a few seconds, whole', async () => {
		const project = newProject();
		const line = 'x'.repeat(99);
		await ended(await start(project, 'web', { script: `yes ${line} | head -n 300000` }));
		let bytes = 0;
		const count = async (piece: string | Uint8Array): Promise<void> => {
			bytes += Buffer.byteLength(piece);
		};
		const { request } = reader(project, { sink: { out: count, err: count } });
		const begin = performance.now();
		await printLogs(engine, request);
		const seconds = (performance.now() - begin) / 1000;
		assert.equal(bytes, 300_000 * (100 + 'web-1  | '.length));
		assert.ok(seconds < 15, `it took ${seconds.toFixed(1)} s`);
	});
});
