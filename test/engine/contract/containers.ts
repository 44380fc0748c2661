import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerEvent } from '../../../src/engine/system-api.ts';
import { printing } from './commands.ts';
import { pause, rejects, type Suite } from './suite.ts';

export function describeContainerLife({ engine, name, labels, filter, create }: Suite): void {
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
		await rejects(create('imageless', { image: 'labc/no-such-image:1' }), 'IMAGE_UNAVAILABLE');
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
		assert.match(error.message, new RegExp(`${second.name}.*${holder.name}`));
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

	test('a restart ends a running container and starts one that does not run', async () => {
		const used = await engine();
		const { id } = await create('restarted');
		await used.restartContainer(id);
		assert.equal((await used.inspectContainer(id)).state.status, 'running');
		const ended = used.waitContainer(id, 'next-exit');
		await used.restartContainer(id, 0);
		await ended;
		assert.equal((await used.inspectContainer(id)).state.status, 'running');
	});

	test('what runs can be paused once and unpaused once', async () => {
		const used = await engine();
		const { id } = await create('paused');
		await rejects(used.pauseContainer(id), 'ENGINE_CONFLICT');
		await used.startContainer(id);
		await rejects(used.unpauseContainer(id), 'ENGINE_REFUSED');
		await used.pauseContainer(id);
		assert.equal((await used.inspectContainer(id)).state.status, 'paused');
		await rejects(used.pauseContainer(id), 'ENGINE_CONFLICT');
		await used.unpauseContainer(id);
		assert.equal((await used.inspectContainer(id)).state.status, 'running');
	});

	test('killing what does not run is a conflict', async () => {
		const { id } = await create('unkillable');
		await rejects((await engine()).killContainer(id, 'SIGKILL'), 'ENGINE_CONFLICT');
	});
}

export function describeEvents({ engine, name, labels, filter, create }: Suite): void {
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

	test('of chosen events no other one is told', async () => {
		const used = await engine();
		const stop = new AbortController();
		const events = await used.containerEvents(filter, stop.signal, { actions: ['start', 'destroy'] });
		const { id } = await create('choosy');
		await used.startContainer(id);
		await used.killContainer(id, 'SIGKILL');
		await used.removeContainer(id, { force: true, volumes: true });
		const seen: string[] = [];
		for await (const { action, containerId } of events) {
			if (containerId !== id) continue;
			seen.push(action);
			if (action === 'destroy') stop.abort();
		}
		assert.deepEqual(seen, ['start', 'destroy']);
	});

	test('the end and the removal of containers and the removal of volumes are told, whoever they are of', async () => {
		const used = await engine();
		const stop = new AbortController();
		const departures = await used.departures(stop.signal);
		const { id } = await create('leaving');
		await used.startContainer(id);
		await used.createVolume({ name: name('leaving') }, labels);
		await used.killContainer(id, 'SIGKILL');
		await used.removeContainer(id, { force: true, volumes: true });
		await used.removeVolume(name('leaving'));
		const seen: string[] = [];
		for await (const departure of departures) {
			if (departure.id !== id && departure.id !== name('leaving')) continue;
			seen.push(departure.kind);
			if (departure.kind === 'volume') stop.abort();
		}
		assert.deepEqual(seen, ['container', 'container', 'volume']);
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
