/** The GPUs of an engine's machine, as one look found them. */
export interface Inventory {
	/** What told of them. */
	readonly source: 'nvidia-smi' | 'cdi' | 'engine';
	readonly driver?: string | undefined;
	/** Runtime of containers that name none. */
	readonly defaultRuntime?: string | undefined;
	readonly gpus: readonly Gpu[];
}

export type Vendor = 'nvidia' | 'amd';

export interface Gpu {
	/** Its UUID; its CDI name where nothing tells one. */
	readonly id: string;
	readonly index: number;
	readonly vendor: Vendor;
	readonly model: string;
	/** Bytes; undefined where nothing tells. */
	readonly memory?: number | undefined;
	readonly memoryUsed?: number | undefined;
	/** Per cent. */
	readonly utilisation?: number | undefined;
	/** Degrees Celsius. */
	readonly temperature?: number | undefined;
	/** `nvidia.com/gpu=0`, … */
	readonly cdiNames: readonly string[];
	/** Host paths of nodes that are this GPU's own: `/dev/nvidia0`, `/dev/dri/renderD128`. */
	readonly nodes: readonly string[];
	/** UUIDs of which nothing tells which GPU has which: it may be each of them. */
	readonly possibleIds?: readonly string[] | undefined;
	/** Present where the GPU is cut into slices, which are given out instead of it. */
	readonly slices?: readonly GpuSlice[] | undefined;
	readonly processes: readonly GpuProcess[];
}

export interface GpuSlice {
	readonly id: string;
	readonly index: number;
	/** `1g.10gb` */
	readonly profile: string;
	readonly memory?: number | undefined;
	/** As of a GPU. */
	readonly possibleIds?: readonly string[] | undefined;
}

export interface GpuProcess {
	/** Undefined where nothing tells. */
	readonly pid?: number | undefined;
	readonly program: string;
	/** Bytes; undefined where nothing tells. */
	readonly memory?: number | undefined;
	/** Id of the slice it runs on; undefined where it may be any of its GPU. */
	readonly slice?: string | undefined;
	/** Of the container it runs in; undefined for one of the host. */
	readonly containerId?: string | undefined;
	readonly user?: string | undefined;
	/** When it began, in seconds since the epoch. */
	readonly since?: number | undefined;
}

/** What is given out: a whole GPU or a slice of one. */
export interface GpuUnit {
	readonly id: string;
	/** `0`, or `4:1` for a slice. */
	readonly index: string;
	readonly gpu: Gpu;
	readonly memory: number | undefined;
	readonly isSlice: boolean;
	readonly cdiNames: readonly string[];
	readonly possibleIds: readonly string[];
}

/** `NVIDIA H100 80GB HBM3`, with the profile of a slice behind it. */
export function modelOf({ id, gpu }: Pick<GpuUnit, 'id' | 'gpu'>): string {
	const profile = gpu.slices?.find((slice) => slice.id === id)?.profile;
	return profile === undefined ? gpu.model : `${gpu.model} ${profile}`;
}

export const unitsOf = ({ gpus }: Pick<Inventory, 'gpus'>): readonly GpuUnit[] => gpus.flatMap(unitsOfGpu);

function unitsOfGpu(gpu: Gpu): readonly GpuUnit[] {
	const { id, index, memory, cdiNames, possibleIds = [], slices } = gpu;
	if (slices === undefined) return [{ id, index: String(index), gpu, memory, isSlice: false, cdiNames, possibleIds }];
	return slices.map((slice) => ({
		id: slice.id,
		index: `${index}:${slice.index}`,
		gpu,
		memory: slice.memory,
		isSlice: true,
		possibleIds: [...possibleIds, ...(slice.possibleIds ?? [])],
		cdiNames: [`${vendorName(gpu.vendor)}/gpu=${slice.id}`, `${vendorName(gpu.vendor)}/gpu=${index}:${slice.index}`],
	}));
}

const vendorName = (vendor: Vendor): string => `${vendor}.com`;

/**
 * The units that an id means: an index, a UUID or the beginning of one, a CDI name, a device node, or `all`. A GPU
 * that is cut into slices means all of them, and a UUID of which nothing tells where it is all those that may have it.
 * Empty where there is no such GPU.
 */
export function resolveUnits(id: string, vendor: Vendor, units: readonly GpuUnit[]): readonly GpuUnit[] {
	const known = knownUnits(id, vendor, units);
	if (known.length > 0) return known;
	const bare = innerName(id, vendor) ?? id;
	return units.filter(({ gpu, possibleIds }) => gpu.vendor === vendor && possibleIds.includes(bare));
}

/** The same, but for UUIDs of which nothing tells where they are. */
export function knownUnits(id: string, vendor: Vendor, units: readonly GpuUnit[]): readonly GpuUnit[] {
	const own = units.filter(({ gpu }) => gpu.vendor === vendor);
	if (id === 'all') return own;
	const exact = own.filter(
		(unit) => unit.id === id || unit.index === id || unit.cdiNames.includes(id) || unit.gpu.nodes.includes(id),
	);
	if (exact.length > 0) return exact;
	const parts = own.filter(({ gpu }) => gpu.id === id || String(gpu.index) === id || gpu.cdiNames.includes(id));
	if (parts.length > 0) return parts;
	const inner = innerName(id, vendor);
	if (inner !== undefined) return knownUnits(inner, vendor, units);
	const begun = /^(GPU|MIG)-.{4,}/.test(id) ? own.filter((unit) => unit.id.startsWith(id)) : [];
	return begun.length === 1 ? begun : [];
}

/** Behind the vendor's own name; `gpu0` and `mig0:1` are places, too. */
function innerName(id: string, vendor: Vendor): string | undefined {
	const [, maker, inner] = /^(nvidia|amd)\.com\/[\w-]+=(.+)$/.exec(id) ?? [];
	return maker === vendor ? inner?.replace(/^(?:gpu|mig)(?=\d)/, '') : undefined;
}

/**
 * What an id may mean that resolves to nothing, of a container that runs and so has it. nvidia's tool tells of each
 * whole GPU that is there: one that it does not know has left the machine.
 */
export function possibleUnits(id: string, vendor: Vendor, { source, gpus }: Inventory): readonly GpuUnit[] {
	const own = unitsOf({ gpus }).filter(({ gpu }) => gpu.vendor === vendor);
	if (source === 'nvidia-smi' && /^(\d+$|GPU-)/.test(id)) return [];
	const slices = /MIG|^\d+:\d+$/.test(id) ? own.filter(({ isSlice }) => isSlice) : [];
	return slices.length > 0 ? slices : own;
}
