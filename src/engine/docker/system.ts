import type { Labels } from '../labels.ts';
import type { ContainerEvent, Departure, EngineMachine, SystemApi } from '../system-api.ts';
import { unixSeconds } from '../unix-seconds.ts';
import { unixTime } from './convert/unix-time.ts';
import { filters, type Query, withQuery } from './query.ts';
import type { EngineSession } from './session.ts';
import { jsonLines } from './streams/json-lines.ts';

interface RawVersion {
	readonly Version: string;
	readonly ApiVersion: string;
	readonly Os: string;
	readonly Arch: string;
}

interface RawInfo {
	readonly Name?: string;
	readonly OperatingSystem?: string;
	readonly CgroupDriver?: string;
	readonly CgroupVersion?: string;
	readonly MemTotal?: number;
	readonly DockerRootDir?: string;
	readonly Runtimes?: Readonly<Record<string, unknown>> | null;
	readonly DefaultRuntime?: string;
	readonly CDISpecDirs?: readonly string[] | null;
	readonly SystemTime?: string;
	readonly DiscoveredDevices?: readonly { readonly Source?: string; readonly ID?: string }[] | null;
}

interface RawEvent {
	readonly Type: string;
	readonly Action: string;
	readonly time: number;
	readonly timeNano: number;
	readonly Actor: { readonly ID: string; readonly Attributes?: Labels };
}

export function systemApi(session: EngineSession): SystemApi {
	const listen = (query: Query, signal: AbortSignal) =>
		session.listen('listen to events', withQuery('/events', query), signal);
	return {
		async version(signal) {
			const raw = (await session.read('ask the engine for its version', '/version', signal)) as RawVersion;
			return {
				version: raw.Version,
				apiVersion: raw.ApiVersion,
				negotiatedApiVersion: await session.apiVersion(),
				os: raw.Os,
				arch: raw.Arch,
			};
		},

		async machine() {
			return engineMachine((await session.read('ask the engine for its machine', '/info')) as RawInfo);
		},

		async containerEvents(labels, signal, { actions, ...range } = {}) {
			const query = { ...range, filters: filters({ type: ['container'], label: labels, event: actions }) };
			return events(await listen(query, signal), signal, containerEvent);
		},

		async departures(signal) {
			const query = { filters: filters({ type: ['container', 'volume'], event: ['die', 'destroy'] }) };
			return events(await listen(query, signal), signal, departure);
		},
	};
}

const engineMachine = (raw: RawInfo): EngineMachine => ({
	name: raw.Name ?? '',
	operatingSystem: raw.OperatingSystem ?? '',
	cgroupDriver: raw.CgroupDriver ?? '',
	cgroupVersion: raw.CgroupVersion ?? '',
	memory: raw.MemTotal === 0 ? undefined : raw.MemTotal,
	dataRoot: raw.DockerRootDir ?? '',
	runtimes: Object.keys(raw.Runtimes ?? {}),
	defaultRuntime: raw.DefaultRuntime ?? '',
	devices: (raw.DiscoveredDevices ?? []).flatMap(({ Source, ID }) =>
		Source === 'cdi' && ID !== undefined ? [ID] : [],
	),
	cdiFolders: raw.CDISpecDirs ?? [],
	time: unixSeconds(raw.SystemTime),
});

async function* events<T>(
	stream: AsyncIterable<Uint8Array>,
	signal: AbortSignal,
	read: (event: RawEvent) => T,
): AsyncGenerator<T> {
	try {
		for await (const event of jsonLines(stream)) yield read(event as RawEvent);
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}

const departure = ({ Type: type, Actor: { ID: id } }: RawEvent): Departure => ({
	kind: type === 'volume' ? 'volume' : 'container',
	id,
});

function containerEvent({ Action: action, Actor: actor, time, timeNano }: RawEvent): ContainerEvent {
	const { ID: containerId, Attributes: labels = {} } = actor;
	const exitCode = Number(labels['exitCode']);
	return {
		action,
		containerId,
		labels,
		time: unixTime(time, timeNano),
		...(labels['exitCode'] !== undefined && { exitCode }),
	};
}
