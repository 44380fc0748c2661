import type { ContainerApi, ContainerStats } from '../container-api.ts';
import type { EngineSession } from './session.ts';

interface RawStats {
	readonly cpu_stats?: RawCpu;
	readonly precpu_stats?: RawCpu;
	readonly memory_stats?: {
		readonly usage?: number;
		readonly limit?: number;
		readonly stats?: Readonly<Record<string, number>>;
	};
	readonly networks?: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;
	readonly blkio_stats?: {
		readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
	};
	readonly pids_stats?: { readonly current?: number };
}

interface RawCpu {
	readonly cpu_usage?: { readonly total_usage?: number; readonly percpu_usage?: readonly number[] | null };
	readonly system_cpu_usage?: number;
	readonly online_cpus?: number;
}

export const statsApi = (session: EngineSession): Pick<ContainerApi, 'containerStats'> => ({
	async containerStats(id, signal) {
		const call = `measure container \`${session.names.of(id)}\``;
		const path = `/containers/${encodeURIComponent(id)}/stats?stream=false`;
		return containerStats((await session.read(call, path, signal)) as RawStats);
	},
});

function containerStats(raw: RawStats): ContainerStats {
	const networks = Object.values(raw.networks ?? {});
	const transfers = raw.blkio_stats?.io_service_bytes_recursive ?? [];
	return {
		cpuShare: cpuShare(raw.cpu_stats ?? {}, raw.precpu_stats ?? {}),
		memory: memoryInUse(raw.memory_stats ?? {}),
		memoryLimit: raw.memory_stats?.limit ?? 0,
		received: sum(networks.map(({ rx_bytes }) => rx_bytes)),
		sent: sum(networks.map(({ tx_bytes }) => tx_bytes)),
		read: sum(transfers.filter(({ op }) => /^r/i.test(op)).map(({ value }) => value)),
		written: sum(transfers.filter(({ op }) => /^w/i.test(op)).map(({ value }) => value)),
		processes: raw.pids_stats?.current ?? 0,
	};
}

/** Of the time that went by between two looks. */
function cpuShare(now: RawCpu, before: RawCpu): number {
	const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0);
	const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
	const cores = now.online_cpus ?? now.cpu_usage?.percpu_usage?.length ?? 1;
	return used > 0 && passed > 0 ? (used / passed) * cores : 0;
}

/** Without the cache of files that can be dropped at any time, as docker counts it. */
function memoryInUse({ usage = 0, stats = {} }: NonNullable<RawStats['memory_stats']>): number {
	const cache = stats['total_inactive_file'] ?? stats['inactive_file'] ?? 0;
	return cache < usage ? usage - cache : usage;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
