import type { ImageApi } from '../../../src/engine/image-api.ts';
import type { NetworkApi } from '../../../src/engine/network-api.ts';
import type { VolumeApi } from '../../../src/engine/volume-api.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { carries, failure, findContainer, mourn, normalReference, type World } from './world.ts';

export const inMemoryNetworks = (world: World): NetworkApi => ({
	listNetworks: async ({ labels = [], names }) =>
		[...world.networks.values()]
			.filter(({ labels: own }) => carries(own, labels))
			.filter(({ name }) => names === undefined || names.includes(name)),
	async createNetwork({ name, driver }, labels) {
		for (const other of world.networks.values()) {
			if (other.name === name) throw failure('ENGINE_CONFLICT', `network with name ${name} already exists`);
		}
		const id = world.newId();
		world.networks.set(id, { id, name, labels, settings: { ...(driver !== undefined && { Driver: driver }) } });
		return { id };
	},
	async removeNetwork(reference) {
		const { id, name } = findNetwork(world, reference);
		const isUsed = [...world.containers.values()].some(
			({ networks, state }) => networks.get(name) === id && state === 'running',
		);
		if (isUsed) throw failure('ENGINE_REFUSED', `network ${name} has active endpoints`);
		world.networks.delete(id);
	},
	async connectNetwork(reference, containerId) {
		const { id, name } = findNetwork(world, reference);
		findContainer(world, containerId).networks.set(name, id);
	},
	async disconnectNetwork(reference, containerId) {
		findContainer(world, containerId).networks.delete(findNetwork(world, reference).name);
	},
});

function findNetwork(world: World, reference: string) {
	for (const network of world.networks.values()) {
		if (network.id === reference || network.name === reference) return network;
	}
	throw failure('ENGINE_NOT_FOUND', `network ${reference} not found`);
}

export const inMemoryVolumes = (world: World): VolumeApi => ({
	listVolumes: async ({ labels = [], names, namePrefix = '' }) =>
		[...world.volumes.values()]
			.filter((volume) => carries(volume.labels, labels) && (names === undefined || names.includes(volume.name)))
			.filter(({ name }) => name.startsWith(namePrefix))
			.map(({ name, labels: own, settings }) => ({ name, labels: own, ...(settings !== undefined && { settings }) })),
	describeVolumes: async (labels) =>
		[...world.volumes.values()]
			.filter((volume) => carries(volume.labels, labels))
			.map(({ name, labels: own }) => ({
				name,
				labels: own,
				driver: 'local',
				scope: 'local',
				mountpoint: `/volumes/${name}/_data`,
			})),
	async createVolume({ name }, labels) {
		const made = { name, labels, settings: { CreatedAt: world.newId() }, anonymous: false };
		const volume = world.volumes.get(name) ?? made;
		world.volumes.set(name, volume);
		return { name, labels: volume.labels };
	},
	async removeVolume(name) {
		if (!world.volumes.has(name)) throw failure('ENGINE_NOT_FOUND', `no such volume: ${name}`);
		const isUsed = [...world.containers.values()].some(({ mounts }) => mounts.some((mount) => mount.name === name));
		if (isUsed) throw failure('ENGINE_CONFLICT', `volume ${name} is in use`);
		world.volumes.delete(name);
		mourn(world, { kind: 'volume', id: name });
	},
});

export const inMemoryImages = (world: World): ImageApi => ({
	findImage: async (reference) => world.images.get(normalReference(reference)),
	async describeImage(reference) {
		const image = world.images.get(normalReference(reference));
		return image && { id: image.id, size: 1000, platform: 'linux/amd64', lastTagged: undefined };
	},
	async listImages(labels) {
		const named = [...world.images].filter(([, image]) => carries(image.labels, labels));
		const byId = Map.groupBy(named, ([, { id }]) => id);
		return [...byId].map(([id, entries]) => {
			const [first = '', ...others] = entries.map(([name]) => name);
			return { id, names: [first, ...others], labels: entries[0]?.[1].labels ?? {} };
		});
	},
	async pullImage({ reference }, onProgress) {
		const isThere = world.options.pullable?.some((other) => normalReference(other) === normalReference(reference));
		if (isThere !== true) throw new LabcError('IMAGE_UNAVAILABLE', `cannot pull image \`${reference}\`: not found`);
		onProgress({ text: 'Pull complete', fraction: 1 });
		world.images.set(normalReference(reference), {
			id: `sha256:${world.newId()}`,
			labels: {},
			volumes: [],
			config: {},
		});
	},
	async pushImage(reference, onProgress) {
		const isThere = world.images.has(normalReference(reference));
		if (!isThere || world.options.refused?.includes(reference)) {
			const reason = isThere ? 'denied' : 'it does not exist locally';
			throw new LabcError('PUSH_FAILED', `cannot push image \`${reference}\`: ${reason}`);
		}
		onProgress({ text: 'Pushed', fraction: 1 });
		world.pushed.add(normalReference(reference));
	},
	async resolveDigest(reference) {
		const image = world.images.get(normalReference(reference));
		if (image === undefined) throw failure('IMAGE_UNAVAILABLE', `manifest unknown: ${reference}`);
		return image.id;
	},
	async tagImage(reference, target) {
		const image = world.images.get(normalReference(reference));
		if (image === undefined) throw failure('ENGINE_NOT_FOUND', `No such image: ${reference}`);
		world.images.set(normalReference(target), image);
	},
	async removeImage(reference) {
		if (!world.images.delete(normalReference(reference))) {
			throw failure('ENGINE_NOT_FOUND', `No such image: ${reference}`);
		}
	},
});
