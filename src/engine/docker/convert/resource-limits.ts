import type { BlkioConfig, BlkioRate } from '../../../model/blkio.ts';
import type { Service } from '../../../model/service.ts';
import { bytes } from './numbers.ts';
import { withoutUndefined } from './without-undefined.ts';

/** Memory, CPU, disk and process limits. What `deploy` says and what older attributes say never differ in a valid model. */
export function resourceLimits(service: Omit<Service, 'command' | 'entrypoint'>) {
	const { limits, reservations } = service.deploy?.resources ?? {};
	const memory = limits?.memory ?? service.mem_limit;
	const reserved = reservations?.memory ?? service.mem_reservation;
	return withoutUndefined({
		Memory: memory && bytes(memory),
		MemoryReservation: reserved && bytes(reserved),
		MemorySwap: service.memswap_limit && Number(service.memswap_limit),
		MemorySwappiness: service.mem_swappiness && Number(service.mem_swappiness),
		NanoCpus: limits?.cpus === undefined ? nanoCpus(service.cpus) : Math.round(Number(limits.cpus) * 1e9),
		PidsLimit: limits?.pids ?? service.pids_limit,
		CpuCount: service.cpu_count,
		CpuPercent: service.cpu_percent === undefined ? undefined : Math.trunc(service.cpu_percent * 100),
		CpuPeriod: service.cpu_period,
		CpuQuota: service.cpu_quota,
		CpuRealtimePeriod: service.cpu_rt_period,
		CpuRealtimeRuntime: service.cpu_rt_runtime,
		CpuShares: service.cpu_shares,
		CpusetCpus: service.cpuset,
		OomKillDisable: service.oom_kill_disable,
		OomScoreAdj: service.oom_score_adj,
		...(service.blkio_config && diskLimits(service.blkio_config)),
	});
}

const nanoCpus = (cpus: number | undefined): number | undefined =>
	cpus === undefined ? undefined : Math.round(cpus * 1e9);

const diskLimits = (blkio: BlkioConfig) => ({
	BlkioWeight: blkio.weight,
	BlkioWeightDevice: blkio.weight_device,
	BlkioDeviceReadBps: rates(blkio.device_read_bps),
	BlkioDeviceReadIOps: rates(blkio.device_read_iops),
	BlkioDeviceWriteBps: rates(blkio.device_write_bps),
	BlkioDeviceWriteIOps: rates(blkio.device_write_iops),
});

const rates = (limits: readonly BlkioRate[] | undefined) =>
	limits?.map(({ Path = '', Rate = '0' }) => ({ Path, Rate: bytes(Rate) }));
