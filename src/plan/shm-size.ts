import type { ContainerSpec } from '../engine/container-api.ts';
import { parseByteSize } from '../model/byte-size.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Declared } from './declared.ts';
import type { PlanBuilder } from './plan-builder.ts';

const gib = 1024 ** 3;
/** Only what is written there takes memory. */
const most = 8 * gib;

/** With `x-labc: {shm: auto}`: room for data loaders, yet at most half of what the container may use. */
export function withShm(
	spec: ContainerSpec,
	{ name, service }: Declared,
	{ project }: { readonly project: Pick<Project, 'labc'> },
): ContainerSpec {
	if (project.labc.services.get(name)?.shm !== 'auto' || saysItself(service)) return spec;
	return { ...spec, shmBytes: Math.min(most, Math.floor(memoryLimit(service) / 2)) };
}

/** 64 MB is what an engine gives; programs that load data in several processes end for lack of it. */
export function warnOfShm(
	{ name, service }: Declared,
	{ project, plan }: { readonly project: Pick<Project, 'labc'>; readonly plan: Pick<PlanBuilder, 'warn'> },
): void {
	if (project.labc.services.get(name)?.shm === 'auto' || saysItself(service)) return;
	plan.warn({
		severity: 'warning',
		code: 'SHM_SMALL',
		message: `service \`${name}\` uses GPUs and has 64 MB of /dev/shm, which starves data loaders`,
		path: `services.${name}.shm_size`,
		hint: 'Give it `shm_size: 8g`, or let labc choose with `x-labc: {shm: auto}`.',
	});
}

const saysItself = ({ shm_size, ipc }: Service): boolean => shm_size !== undefined || ipc !== undefined;

function memoryLimit({ deploy, mem_limit }: Service): number {
	const limit = deploy?.resources.limits?.memory ?? mem_limit;
	const bytes = limit === undefined ? undefined : parseByteSize(limit);
	return bytes === undefined || bytes === 0n ? Number.POSITIVE_INFINITY : Number(bytes);
}
