import type { Gpu, GpuProcess, GpuSlice } from '../gpu/inventory.ts';

/** The fields labc asks for, in the order in which `nvidia-smi --query-gpu` answers. */
export const gpuFields = [
	'index',
	'uuid',
	'name',
	'memory.total',
	'memory.used',
	'utilization.gpu',
	'temperature.gpu',
	'mig.mode.current',
	'driver_version',
] as const;

export const processFields = ['gpu_uuid', 'pid', 'process_name', 'used_memory'] as const;

export interface SmiAnswers {
	/** `--query-gpu`, as CSV without header and units. */
	readonly gpus: readonly string[];
	/** `--query-compute-apps`, likewise. */
	readonly processes: readonly string[];
	/** `-L`, which alone tells the slices. */
	readonly list: readonly string[];
}

/** What runs on GPUs, before anybody knows in which container. */
type SmiProcess = Omit<GpuProcess, 'containerId' | 'user' | 'since'>;

const mib = 1024 ** 2;
const gib = 1024 ** 3;

export function parseSmi({ gpus, processes, list }: SmiAnswers): {
	readonly driver: string | undefined;
	readonly gpus: readonly Gpu[];
} {
	const slices = parseSlices(list);
	const rows = gpus.filter(isGpuRow).map(fieldsOf);
	const owners = new Map([...slices].flatMap(([gpu, own]) => own.map(({ id }) => [id, gpu] as const)));
	const running = Map.groupBy(processes.flatMap(parseProcess), ({ unit }) => owners.get(unit) ?? unit);
	return {
		driver: rows[0]?.[8],
		gpus: rows.map(([place, id = '', model = '', total, used, load, heat, mig]): Gpu => {
			const index = Number(place);
			return {
				id,
				index,
				vendor: 'nvidia',
				model,
				memory: scaled(total, mib),
				memoryUsed: scaled(used, mib),
				utilisation: scaled(load, 1),
				temperature: scaled(heat, 1),
				cdiNames: [`nvidia.com/gpu=${index}`, `nvidia.com/gpu=${id}`],
				nodes: [`/dev/nvidia${index}`],
				slices: mig === 'Enabled' ? (slices.get(id) ?? []) : undefined,
				processes: (running.get(id) ?? []).map(({ unit, process }) =>
					unit === id ? process : { ...process, slice: unit },
				),
			};
		}),
	};
}

/** Complaints of cards that are lost stand among the others. */
export const isGpuRow = (line: string): boolean => /^\s*\d+\s*,\s*GPU-/.test(line);

/** Whether it tells of a GPU that is cut into slices. */
export const isCutRow = (line: string): boolean => isGpuRow(line) && fieldsOf(line)[7] === 'Enabled';

/** A name may hold commas, so that what stands before and behind it is counted. */
function fieldsOf(line: string): readonly string[] {
	const parts = line.split(',').map((part) => part.trim());
	const extra = parts.length - gpuFields.length;
	return extra <= 0 ? parts : [...parts.slice(0, 2), parts.slice(2, 3 + extra).join(', '), ...parts.slice(3 + extra)];
}

/** `unit` is the GPU or the slice. One of which only `[N/A]` is told is somebody all the same. */
function parseProcess(line: string): readonly { readonly unit: string; readonly process: SmiProcess }[] {
	const match = /^\s*((?:GPU|MIG)-[^,\s]+)\s*,\s*([^,]+?)\s*,\s*(.*?)\s*,\s*([^,]*)$/.exec(line);
	if (match === null) return [];
	const [, unit = '', pid, name = '', memory] = match;
	const program = /^\[.*\]$/.test(name) ? 'a program that nvidia-smi does not name' : name;
	return [{ unit, process: { pid: scaled(pid, 1), program, memory: scaled(memory, mib) } }];
}

/** `[N/A]` and `[Insufficient Permissions]` tell nothing. */
function scaled(text: string | undefined, unit: number): number | undefined {
	const number = Number.parseFloat(text ?? '');
	return Number.isNaN(number) ? undefined : number * unit;
}

/** By UUID of their GPU: each slice is told on a line below it. */
function parseSlices(lines: readonly string[]): ReadonlyMap<string, readonly GpuSlice[]> {
	const slices = new Map<string, GpuSlice[]>();
	let gpu = '';
	for (const line of lines) {
		const head = /^GPU \d+: .*\(UUID: ([^)]+)\)/.exec(line);
		if (head !== null) gpu = head[1] ?? '';
		const found = /^\s+MIG (\S+)\s+Device\s+(\d+): \(UUID: ([^)]+)\)/.exec(line);
		if (found === null) continue;
		const [, profile = '', index, id = ''] = found;
		const size = /(\d+)gb/.exec(profile)?.[1];
		const memory = size === undefined ? undefined : Number(size) * gib;
		slices.set(gpu, [...(slices.get(gpu) ?? []), { id, index: Number(index), profile, memory }]);
	}
	return slices;
}
