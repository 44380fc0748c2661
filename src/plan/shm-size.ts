import type { ContainerSpec } from '../engine/container-api.ts';
import { serviceWish } from '../gpu/service-wish.ts';
import { isNvidiaRuntime } from '../gpu/wish.ts';
import { formatByteSize, parseByteSize } from '../model/byte-size.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { Declared } from './declared.ts';
import type { PlanBuilder } from './plan-builder.ts';
import type { FieldChange } from './reason.ts';

const gib = 1024 ** 3;
/** Only what is written there takes memory. */
const most = 8 * gib;
/** A machine tells a little more or less memory after an update: that makes no container anew. */
const step = gib / 4;

interface Place {
	readonly project: Pick<Project, 'labc'>;
	readonly state: Pick<ObservedState, 'machineMemory'>;
}

/** With `x-labc: {shm: auto}`: room for data loaders, yet at most half of what the container may use. */
export function withShm(spec: ContainerSpec, declared: Declared, place: Place): ContainerSpec {
	const shmBytes = chosenBytes(declared, place);
	if (shmBytes === undefined) return spec;
	return { ...spec, shmBytes, labels: { ...spec.labels, [label.shm]: String(shmBytes) } };
}

/** What labc chose is in no hash: that it has to choose, or chooses otherwise, is seen from the label. */
export function shmChange(
	{ labels }: Pick<ObservedContainer, 'labels'>,
	declared: Declared,
	place: Place,
): readonly FieldChange[] {
	const chosen = chosenBytes(declared, place);
	const recorded = labels[label.shm];
	if (recorded === chosen?.toString() || declared.service.shm_size !== undefined) return [];
	return [{ field: 'shm_size', before: shown(recorded), after: shown(chosen?.toString()), remark: 'x-labc' }];
}

function shown(bytes: string | undefined): string {
	if (bytes === undefined) return usual;
	return /^\d+$/.test(bytes) ? formatByteSize(BigInt(bytes)) : bytes;
}

const usual = 'the engine’s own';

function chosenBytes(declared: Declared, { project, state: { machineMemory } }: Place): number | undefined {
	if (!isAuto(declared, project) || saysItself(declared.service)) return undefined;
	const ofMachine = machineMemory === undefined ? most : Math.max(step, Math.floor(machineMemory / 2 / step) * step);
	return Math.min(most, ofMachine, Math.floor(memoryLimit(declared.service) / 2));
}

/** At the top of the file it is said for all services that ask for GPUs. */
function isAuto({ name, service }: Declared, { labc }: Pick<Project, 'labc'>): boolean {
	const asks = (): boolean => isNvidiaRuntime(service.runtime) || serviceWish(service) !== undefined;
	return labc.services.get(name)?.shm === 'auto' || (labc.project.shm === 'auto' && asks());
}

/** 64 MB is what an engine gives; programs that load data in several processes end for lack of it. */
export function warnOfShm(
	{ name, service }: Declared,
	{ project, plan }: { readonly project: Pick<Project, 'labc'>; readonly plan: Pick<PlanBuilder, 'warn'> },
): void {
	if (isAuto({ name, service }, project) || saysItself(service)) return;
	plan.warn({
		severity: 'warning',
		code: 'SHM_SMALL',
		message: `service \`${name}\` uses GPUs and has 64 MB of /dev/shm, which starves data loaders`,
		path: `services.${name}.shm_size`,
		hint: 'Give it `shm_size: 8g`, or let labc choose with `x-labc: {shm: auto}`.',
	});
}

const saysItself = ({ shm_size, ipc, tmpfs = [], volumes = [] }: Service): boolean =>
	shm_size !== undefined ||
	ipc !== undefined ||
	tmpfs.some((entry) => entry.split(':')[0] === sharedMemory) ||
	volumes.some(({ target }) => target === sharedMemory);

const sharedMemory = '/dev/shm';

function memoryLimit({ deploy, mem_limit }: Service): number {
	const limit = deploy?.resources.limits?.memory ?? mem_limit;
	const bytes = limit === undefined ? undefined : parseByteSize(limit);
	return bytes === undefined || bytes === 0n ? Number.POSITIVE_INFINITY : Number(bytes);
}
