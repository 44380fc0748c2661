import type { ContainerSpec } from '../../src/engine/container-api.ts';
import { gpusForm } from '../../src/gpu/service-wish.ts';
import type { AskedDevices } from '../../src/gpu/wish.ts';
import type { Processes } from '../../src/lock/this-process.ts';
import type { Starter } from './gpu-judge.ts';

/** One of labc's processes at work, and what it has seen. */
export interface Actor extends Starter {
	readonly id: number;
	readonly interrupt: AbortController;
	outcome: string | undefined;
	readonly looked: { containers: number; hosts: number };
	kept: readonly string[];
	/** Tokens of the tickets before its own when it last looked. */
	ahead: ReadonlySet<string>;
	before: ReadonlySet<string>;
	/** Ids of the containers that had GPUs when it last looked: one that is started again has not given its own away. */
	held: ReadonlySet<string>;
	hasMet: boolean;
}

export const newActor = (id: number): Actor => ({
	id,
	interrupt: new AbortController(),
	outcome: undefined,
	looked: { containers: 0, hosts: 0 },
	kept: [],
	ahead: new Set(),
	before: new Set(),
	held: new Set(),
	hasMet: false,
});

/** How it and others look at processes: each has the number of its actor. */
export const processesOf = ({ id }: Pick<Actor, 'id'>, isAlive: (pid: number) => boolean): Processes => ({
	self: () => ({
		...{ host: 'lab-box', machine: 'm', boot: 'b', namespace: 'n' },
		...{ pid: id, started: '1', user: `user-${id}`, token: crypto.randomUUID() },
	}),
	probe: (pid) => ({ exists: isAlive(pid), started: '1' }),
});

/** What the engine is asked for. */
export const requestsOf = ({ gpus, service }: ContainerSpec): readonly AskedDevices[] =>
	gpus?.requests ?? gpusForm(service);

/** As inspect tells it. */
export const hostConfigOf = (spec: ContainerSpec) => ({
	DeviceRequests: requestsOf(spec).map(({ count = 0, device_ids: ids = [], capabilities = [] }) => ({
		...{ Driver: '', Count: count, DeviceIDs: ids, Capabilities: [capabilities] },
	})),
	RestartPolicy: { Name: spec.service.restart ?? 'no' },
});
