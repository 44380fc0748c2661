import type { Service } from '../../../model/service.ts';
import { bytes } from './numbers.ts';

/** Memory, CPU and process limits. What `deploy` says and what older attributes say never differ in a valid model. */
export function resourceLimits({ mem_limit, deploy }: Pick<Service, 'mem_limit' | 'deploy'>) {
	const limits = deploy?.resources.limits;
	const memory = limits?.memory ?? mem_limit;
	const reserved = deploy?.resources.reservations?.memory;
	return {
		...(memory !== undefined && { Memory: bytes(memory) }),
		...(reserved !== undefined && { MemoryReservation: bytes(reserved) }),
		...(limits?.cpus !== undefined && { NanoCpus: Math.round(Number(limits.cpus) * 1e9) }),
		...(limits?.pids !== undefined && { PidsLimit: limits.pids }),
	};
}
