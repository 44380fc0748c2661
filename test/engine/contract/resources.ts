import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rejects, type Suite } from './suite.ts';

export function describeSystem({ engine }: Suite): void {
	test('the engine says who it is', async () => {
		const { version, apiVersion, negotiatedApiVersion, os } = await (await engine()).version();
		assert.match(version, /^\d+\./);
		assert.match(apiVersion, /^1\.\d+$/);
		assert.match(negotiatedApiVersion, /^1\.\d+$/);
		assert.equal(os, 'linux');
	});
}

export function describeNetworks({ engine, name, labels, filter }: Suite): void {
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

export function describeVolumes({ engine, name, labels, filter, create }: Suite): void {
	test('a volume is found by its whole name and by its labels, and making it again changes nothing', async () => {
		const used = await engine();
		await used.createVolume({ name: name('vol') }, labels);
		await used.createVolume({ name: name('vol-2') }, labels);
		await used.createVolume({ name: name('vol') }, labels);
		assert.deepEqual((await used.createVolume({ name: name('vol') }, { other: 'label' })).labels, labels);
		assert.partialDeepStrictEqual(await used.listVolumes({ names: [name('vol')] }), [{ name: name('vol'), labels }]);
		assert.deepEqual(
			(await used.listVolumes({ namePrefix: name('vol-') })).map((volume) => volume.name),
			[name('vol-2')],
		);
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

export function describeImages({ engine, name }: Suite): void {
	test('an image is found by name, under a second name too, until that is removed', async () => {
		const used = await engine();
		assert.equal(await used.findImage('labc/no-such-image:1'), undefined);
		const image = await used.findImage('labc/busybox:latest');
		assert.match(image?.id ?? '', /^sha256:/);
		const second = `${name('image')}:one`;
		await used.tagImage('labc/busybox:latest', second);
		assert.equal((await used.findImage(second))?.id, image?.id);
		const listed = await used.listImages([]);
		assert.ok(listed.some(({ id, names }) => id === image?.id && names.includes(second)));
		assert.deepEqual(await used.listImages(['labc.nobody=has-this']), []);
		await used.removeImage(second);
		assert.equal(await used.findImage(second), undefined);
		await rejects(used.removeImage(second), 'ENGINE_NOT_FOUND');
	});

	test('an image that nobody has is unavailable', async () => {
		const { signal } = new AbortController();
		await rejects(
			(await engine()).pullImage({ reference: '127.0.0.1:9/nobody/has-this:1' }, () => {}, signal),
			'IMAGE_UNAVAILABLE',
		);
	});

	test('an image that is not here can’t be pushed', async () => {
		const { signal } = new AbortController();
		await rejects(
			(await engine()).pushImage('127.0.0.1:9/nobody/has-this:1', () => {}, signal),
			'PUSH_FAILED',
		);
	});
}
