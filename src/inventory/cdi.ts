import { readRecord } from '../engine/unread.ts';
import type { Gpu, GpuSlice, Inventory, Vendor } from '../gpu/inventory.ts';

/** What a CDI name says besides: its device nodes on the host, where a spec tells them. */
export interface CdiDevice {
	readonly name: string;
	readonly nodes: readonly string[];
}

/** `gpu0` and `mig0:1` are names by place too. */
const placeIn = (id: string): string => id.replace(/^(?:gpu|mig)(?=\d)/, '');

const gpuName = /^(nvidia|amd)\.com\/gpu=(.+)$/;

/**
 * GPUs from CDI names. One GPU may have several: an index and a UUID of the same device nodes. `all` is none of them.
 */
export function gpusOfCdi(devices: readonly CdiDevice[], source: Inventory['source']): Inventory | undefined {
	const gpus = (['nvidia', 'amd'] as const).flatMap((vendor) => gpusOfVendor(vendor, devices));
	return gpus.length === 0 ? undefined : { source, gpus };
}

interface Named extends CdiDevice {
	readonly id: string;
}

function gpusOfVendor(vendor: Vendor, devices: readonly CdiDevice[]): readonly Gpu[] {
	const own = devices.flatMap((device): readonly Named[] => {
		const [, maker, id = ''] = gpuName.exec(device.name) ?? [];
		return maker === vendor && id !== 'all' ? [{ ...device, id: placeIn(id) }] : [];
	});
	const indexed = own.filter(({ id }) => /^\d+$/.test(id)).sort((a, b) => Number(a.id) - Number(b.id));
	const unique = own.filter(({ id }) => id.startsWith('GPU-'));
	const parts = {
		indexed: own.filter(({ id }) => /^\d+:\d+$/.test(id)),
		unique: own.filter(({ id }) => id.startsWith('MIG-')),
	};
	const base = indexed.length > 0 ? indexed : unique;
	return base.map((device, place) => {
		const twin = twinOf(device, place, { indexed, unique });
		const sliced = parts.indexed.filter(({ id }) => id.startsWith(`${device.id}:`));
		return {
			id: twin?.id ?? (device.id.startsWith('GPU-') ? device.id : device.name),
			index: indexed.length > 0 ? Number(device.id) : place,
			vendor,
			model: `${vendor} GPU`,
			cdiNames: [...new Set([device.name, ...(twin === undefined ? [] : [twin.name])])],
			nodes: device.nodes,
			...idsOf(twin, { indexed, unique }),
			slices: sliced.length === 0 ? undefined : sliced.map((part) => sliceOf(part, parts)),
			processes: [],
		};
	});
}

/** Names of things by their places and by UUIDs. */
interface Names {
	readonly indexed: readonly Named[];
	readonly unique: readonly Named[];
}

function sliceOf(part: Named, names: Names): GpuSlice {
	const twin = twinOf(part, names.indexed.indexOf(part), names);
	const index = Number(part.id.split(':')[1]);
	return { id: twin?.id ?? part.name, index, profile: 'MIG', ...idsOf(twin, names) };
}

/** It has one of the UUIDs, and nothing tells which. */
const idsOf = (twin: Named | undefined, { indexed, unique }: Names): Pick<Gpu, 'possibleIds'> =>
	twin === undefined && indexed.length > 0 && unique.length > 0 ? { possibleIds: unique.map(({ id }) => id) } : {};

/** The UUID of what has an index. */
function twinOf(device: Named, place: number, { indexed, unique }: Names): Named | undefined {
	if (indexed.length === 0) return undefined;
	const nodes = device.nodes.join();
	const alike = (all: readonly Named[]): readonly Named[] => all.filter((other) => other.nodes.join() === nodes);
	if (nodes !== '' && alike(indexed).length === 1) return alike(unique)[0];
	// Nodes that several have tell none of them apart, but their spec's order does. The engine sorts the names it tells.
	const isOrdered = nodes !== '' || indexed.length === 1;
	return isOrdered && unique.length === indexed.length ? unique[place] : undefined;
}

/** The devices of a CDI spec that was written as JSON or has been parsed from YAML; undefined where it is no spec. */
export function devicesOfSpec(spec: unknown): readonly CdiDevice[] | undefined {
	const { kind, devices } = readRecord(spec);
	if (typeof kind !== 'string' || !Array.isArray(devices)) return undefined;
	return devices.map(readRecord).flatMap(({ name, containerEdits }) => {
		if (typeof name !== 'string' && typeof name !== 'number') return [];
		const { deviceNodes } = readRecord(containerEdits);
		const nodes = (Array.isArray(deviceNodes) ? deviceNodes : []).map(readRecord);
		const paths = nodes.map(({ path, hostPath }) => hostPath ?? path).filter((path) => typeof path === 'string');
		return [{ name: `${kind}=${name}`, nodes: paths }];
	});
}
