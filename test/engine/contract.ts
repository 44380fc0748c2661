import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Engine } from '../../src/engine/engine.ts';
import type { OutputFrames } from '../../src/engine/streams.ts';
import type { ContainerEvent } from '../../src/engine/system-api.ts';
import type { ErrorCode } from '../../src/errors/codes.ts';
import { LabcError } from '../../src/errors/labc-error.ts';
import { containerSpec, type SpecChanges } from '../support/container-spec.ts';
import type { Behaviour } from '../support/in-memory-engine.ts';

export interface ContractSubject {
	/** What the suite's containers are labelled with, so that they can be told from others. */
	readonly mark: string;
	connect(): Promise<Engine>;
}

/** What the suite's commands do, for engines that can't run them. */
export const contractCommands: Readonly<Record<string, Behaviour>> = {
	'sleep 60': {},
	'sh -c echo out; echo err >&2; exit 3': { stdout: 'out\n', stderr: 'err\n', exitAfterMs: 1, exitCode: 3 },
	'sh -c exit 7': { exitCode: 7 },
	'sh -c echo inside': { stdout: 'inside\n' },
};

const printing = ['sh', '-c', 'echo out; echo err >&2; exit 3'];

/** What every engine must do. The in-memory engine is worth trusting because it passes this, as the real one does. */
export function engineContract(name: string, subject: ContractSubject): void {
	describe(name, () => {
		const suite = suiteFor(subject);
		after(() => suite.cleanUp());
		describeSystem(suite);
		describeNetworks(suite);
		describeVolumes(suite);
		describeContainerLife(suite);
		describeEvents(suite);
		describeOutput(suite);
		describeImages(suite);
	});
}

interface Suite {
	engine(): Promise<Engine>;
	/** A name nobody else uses. */
	name(what: string): string;
	readonly labels: Readonly<Record<string, string>>;
	readonly filter: readonly string[];
	create(what: string, changes?: SpecChanges): Promise<{ readonly id: string; readonly name: string }>;
	cleanUp(): Promise<void>;
}

function suiteFor({ mark, connect }: ContractSubject): Suite {
	let connected: Promise<Engine> | undefined;
	const engine = (): Promise<Engine> => (connected ??= connect());
	const labels = { 'labc.test': mark };
	const filter = [`labc.test=${mark}`];
	const name = (what: string): string => `${mark}-${what}`;
	return {
		engine,
		labels,
		filter,
		name,
		async create(what, changes = {}) {
			const spec = containerSpec(name(what), { ...changes, labels: { ...labels, ...changes.labels } });
			const { id } = await (await engine()).createContainer(spec);
			return { id, name: spec.name };
		},
		async cleanUp() {
			const used = await engine();
			for (const { id } of await used.listContainers(filter)) {
				await used.removeContainer(id, { force: true, volumes: true });
			}
			for (const { id } of await used.listNetworks({ labels: filter })) await used.removeNetwork(id);
			for (const volume of await used.listVolumes({ labels: filter })) await used.removeVolume(volume.name);
		},
	};
}

function describeSystem({ engine }: Suite): void {
	test('the engine says who it is', async () => {
		const { version, apiVersion, negotiatedApiVersion, os } = await (await engine()).version();
		assert.match(version, /^\d+\./);
		assert.match(apiVersion, /^1\.\d+$/);
		assert.match(negotiatedApiVersion, /^1\.\d+$/);
		assert.equal(os, 'linux');
	});
}

function describeNetworks({ engine, name, labels, filter }: Suite): void {
	test('a network is found by its whole name and by its labels, until it is removed', async () => {
		const used = await engine();
		const { id } = await used.createNetwork({ name: name('net'), ipam: {} }, labels);
		await used.createNetwork({ name: name('net-2'), ipam: {} }, labels);
		assert.deepEqual(
			(await used.listNetworks({ names: [name('net')] })).map((network) => network.id),
			[id],
		);
		assert.equal((await used.listNetworks({ labels: filter })).length, 2);
		assert.deepEqual(await used.listNetworks({ names: [] }), []);
		await used.removeNetwork(id);
		assert.deepEqual(await used.listNetworks({ names: [name('net')] }), []);
		await rejects(used.removeNetwork(id), 'ENGINE_NOT_FOUND');
	});

	test('a second network of the same name is a conflict', async () => {
		const used = await engine();
		const network = { name: name('twice'), ipam: {} };
		await used.createNetwork(network, labels);
		await rejects(used.createNetwork(network, labels), 'ENGINE_CONFLICT');
	});
}

function describeVolumes({ engine, name, labels, filter, create }: Suite): void {
	test('a volume is found by its whole name and by its labels, and making it again changes nothing', async () => {
		const used = await engine();
		await used.createVolume({ name: name('vol') }, labels);
		await used.createVolume({ name: name('vol-2') }, labels);
		await used.createVolume({ name: name('vol') }, labels);
		assert.deepEqual(await used.listVolumes({ names: [name('vol')] }), [{ name: name('vol'), labels }]);
		assert.equal((await used.listVolumes({ labels: filter })).length, 2);
		await used.removeVolume(name('vol'));
		await rejects(used.removeVolume(name('vol')), 'ENGINE_NOT_FOUND');
	});

	test('a volume that a container has mounted is not removed', async () => {
		const used = await engine();
		await used.createVolume({ name: name('held') }, labels);
		const { id } = await create('holder', {
			service: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] },
			volumeNames: new Map([['data', name('held')]]),
		});
		await rejects(used.removeVolume(name('held')), 'ENGINE_CONFLICT');
		const [mount] = (await used.inspectContainer(id)).mounts;
		assert.equal(mount?.name, name('held'));
		assert.equal(mount?.destination, '/data');
	});
}

function describeContainerLife({ engine, name, labels, filter, create }: Suite): void {
	test('a container goes from created over running to exited and is gone when removed', async () => {
		const used = await engine();
		const { id } = await create('life');
		const state = async () => (await used.listContainers([...filter])).find((one) => one.id === id)?.state;
		assert.equal(await state(), 'created');
		await used.startContainer(id);
		assert.equal(await state(), 'running');
		await used.startContainer(id);
		await used.stopContainer(id, 0);
		assert.equal(await state(), 'exited');
		await used.stopContainer(id, 0);
		await used.removeContainer(id, { force: false, volumes: true });
		assert.equal(await state(), undefined);
		await rejects(used.inspectContainer(id), 'ENGINE_NOT_FOUND');
		await rejects(used.startContainer(id), 'ENGINE_NOT_FOUND');
	});

	test('the list tells name, image, labels, networks and status', async () => {
		const used = await engine();
		const network = await used.createNetwork({ name: name('listed-net'), ipam: {} }, labels);
		const made = await create('listed', {
			labels: { 'labc.extra': 'a=b' },
			networks: [{ network: name('listed-net'), aliases: ['other'] }],
		});
		await used.startContainer(made.id);
		const [listed, ...others] = await used.listContainers([...filter, 'labc.extra=a=b']);
		assert.equal(others.length, 0);
		assert.equal(listed?.name, made.name);
		assert.equal(listed?.image, 'labc/busybox:latest');
		assert.equal(listed?.imageId, (await used.findImage('labc/busybox:latest'))?.id);
		assert.equal(listed?.labels['labc.extra'], 'a=b');
		assert.equal(listed?.networks.get(name('listed-net'))?.networkId, network.id);
		assert.match(listed?.status ?? '', /^Up /);
	});

	test('names are unique, and renaming frees the old one', async () => {
		const used = await engine();
		const { id } = await create('unique');
		await rejects(create('unique'), 'ENGINE_CONFLICT');
		await used.renameContainer(id, name('renamed'));
		assert.equal((await used.inspectContainer(id)).name, name('renamed'));
		const second = await create('unique');
		await rejects(used.renameContainer(second.id, name('renamed')), 'ENGINE_CONFLICT');
	});

	test('an image that is not there is said to be missing', async () => {
		await rejects(create('imageless', { image: 'labc/no-such-image:1' }), 'ENGINE_NOT_FOUND');
	});

	test('a network that is gone keeps a container from starting', async () => {
		const used = await engine();
		const network = await used.createNetwork({ name: name('gone-net'), ipam: {} }, labels);
		const { id } = await create('stranded', { networks: [{ network: name('gone-net'), aliases: [] }] });
		await used.removeNetwork(network.id);
		await rejects(used.startContainer(id), 'ENGINE_NOT_FOUND');
	});

	test('a running container is removed only by force', async () => {
		const used = await engine();
		const { id } = await create('forced');
		await used.startContainer(id);
		await rejects(used.removeContainer(id, { force: false, volumes: false }), 'ENGINE_CONFLICT');
		await used.removeContainer(id, { force: true, volumes: false });
		await rejects(used.inspectContainer(id), 'ENGINE_NOT_FOUND');
	});

	test('a port that a running container has is refused to a second one', async () => {
		const used = await engine();
		const ports = [{ mode: 'ingress', host_ip: '127.0.0.1', target: 80, published: '28931', protocol: 'tcp' }];
		await used.createNetwork({ name: name('port-net'), ipam: {} }, labels);
		const networks = [{ network: name('port-net'), aliases: [] }];
		const holder = await create('port-holder', { networks, service: { ports } });
		const second = await create('port-second', { networks, service: { ports } });
		await used.startContainer(holder.id);
		const error = await rejects(used.startContainer(second.id), 'PORT_IN_USE');
		assert.match(error.message, /28931/);
		assert.match(error.message, new RegExp(holder.name));
	});

	test('waiting gives the exit code, of a container that has ended too', async () => {
		const used = await engine();
		const { id } = await create('waited', { service: { command: printing } });
		const ended = used.waitContainer(id, 'next-exit');
		await used.startContainer(id);
		assert.deepEqual(await ended, { exitCode: 3 });
		assert.deepEqual(await used.waitContainer(id, 'not-running'), { exitCode: 3 });
		const { state } = await used.inspectContainer(id);
		assert.equal(state.status, 'exited');
		assert.equal(state.exitCode, 3);
		assert.match(state.finishedAt ?? '', /^20\d\d-/);
	});

	test('killing what does not run is a conflict', async () => {
		const { id } = await create('unkillable');
		await rejects((await engine()).killContainer(id, 'SIGKILL'), 'ENGINE_CONFLICT');
	});
}

function describeEvents({ engine, filter, create }: Suite): void {
	test('start, health, end and removal are told, of containers that carry the labels only', async () => {
		const used = await engine();
		const stop = new AbortController();
		const events = await used.containerEvents([...filter, 'labc.events=yes'], stop.signal);
		const other = await create('unheard');
		await used.startContainer(other.id);
		const { id } = await create('heard', {
			labels: { 'labc.events': 'yes' },
			service: { healthcheck: { test: ['CMD', 'true'], interval: '200ms' } },
		});
		await used.startContainer(id);
		const reactions: Readonly<Record<string, () => unknown>> = {
			start: () => {},
			'health_status: healthy': () => used.killContainer(id, 'SIGKILL'),
			die: () => used.removeContainer(id, { force: true, volumes: true }),
			destroy: () => stop.abort(),
		};
		const seen: ContainerEvent[] = [];
		for await (const event of events) {
			const react = reactions[event.action];
			if (react === undefined) continue;
			seen.push(event);
			await react();
		}
		assert.deepEqual(
			seen.map(({ action }) => action),
			['start', 'health_status: healthy', 'die', 'destroy'],
		);
		assert.ok(seen.every(({ containerId }) => containerId === id));
		assert.equal(seen[2]?.exitCode, 137);
		assert.match(seen[0]?.time ?? '', /^\d+\.\d{9}$/);
	});

	test('a health check is told by the list and by inspecting', async () => {
		const used = await engine();
		const { id } = await create('healthy', {
			service: { healthcheck: { test: ['CMD', 'true'], interval: '200ms' } },
		});
		await used.startContainer(id);
		while ((await used.inspectContainer(id)).state.health !== 'healthy') await pause();
		const listed = (await used.listContainers(filter)).find((container) => container.id === id);
		assert.match(listed?.status ?? '', /\(healthy\)/);
	});
}

function describeOutput({ engine, create }: Suite): void {
	test('logs keep stdout and stderr apart', async () => {
		const used = await engine();
		const { id } = await create('logged', { service: { command: printing } });
		await used.startContainer(id);
		await used.waitContainer(id, 'not-running');
		const { signal } = new AbortController();
		for (const follow of [false, true]) {
			const frames = await used.containerLogs(id, { follow, tty: false }, signal);
			assert.deepEqual(await texts(frames), { stdout: 'out\n', stderr: 'err\n' });
		}
	});

	test('following ends when its signal aborts', async () => {
		const used = await engine();
		const { id } = await create('followed');
		await used.startContainer(id);
		const stop = new AbortController();
		const frames = await used.containerLogs(id, { follow: true, tty: false }, stop.signal);
		const read = texts(frames);
		stop.abort();
		assert.deepEqual(await read, { stdout: '', stderr: '' });
	});

	test('an attached container is read from its first byte', async () => {
		const used = await engine();
		const { id } = await create('attached', { service: { command: printing } });
		const stream = await used.attachContainer(id, { tty: false, stdin: false });
		await used.startContainer(id);
		assert.deepEqual(await texts(stream.output), { stdout: 'out\n', stderr: 'err\n' });
		stream.close();
	});

	test('a command inside a running container prints and ends with its own status', async () => {
		const used = await engine();
		const { id } = await create('exec');
		const options = { tty: false, stdin: false };
		await rejects(used.createExec(id, { ...options, command: ['sh', '-c', 'exit 7'] }), 'ENGINE_CONFLICT');
		await used.startContainer(id);
		const inside = await used.createExec(id, { ...options, command: ['sh', '-c', 'echo inside'] });
		const stream = await used.startExec(inside.id, options);
		assert.deepEqual(await texts(stream.output), { stdout: 'inside\n', stderr: '' });
		const failing = await used.createExec(id, { ...options, command: ['sh', '-c', 'exit 7'] });
		await texts((await used.startExec(failing.id, options)).output);
		assert.deepEqual(await used.inspectExec(failing.id), { running: false, exitCode: 7 });
		await rejects(used.inspectExec('0123456789'), 'ENGINE_NOT_FOUND');
	});
}

function describeImages({ engine, name }: Suite): void {
	test('an image is found by name, under a second name too, until that is removed', async () => {
		const used = await engine();
		assert.equal(await used.findImage('labc/no-such-image:1'), undefined);
		const image = await used.findImage('labc/busybox:latest');
		assert.match(image?.id ?? '', /^sha256:/);
		const second = `${name('image')}:one`;
		await used.tagImage('labc/busybox:latest', second);
		assert.equal((await used.findImage(second))?.id, image?.id);
		await used.removeImage(second);
		assert.equal(await used.findImage(second), undefined);
		await rejects(used.removeImage(second), 'ENGINE_NOT_FOUND');
	});

	test('an image that nobody has is unavailable', async () => {
		const { signal } = new AbortController();
		await rejects(
			(await engine()).pullImage('127.0.0.1:9/nobody/has-this:1', () => {}, signal),
			'IMAGE_UNAVAILABLE',
		);
	});
}

async function rejects(promise: Promise<unknown>, code: ErrorCode): Promise<LabcError> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof LabcError, `expected ${code}, got ${String(error)}`);
	assert.equal(error.code, code, error.message);
	return error;
}

async function texts(frames: OutputFrames): Promise<{ readonly stdout: string; readonly stderr: string }> {
	const decoder = new TextDecoder();
	const text = { stdout: '', stderr: '' };
	for await (const { stream, bytes } of frames) text[stream] += decoder.decode(bytes);
	return text;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
