import type {
	ContainerDetails,
	ContainerState,
	ContainerSummary,
	ObservedMount,
	PublishedPort,
} from '../../container-api.ts';
import type { Labels } from '../../labels.ts';

/** What labc reads of an entry of `GET /containers/json`. */
export interface RawContainer {
	readonly Id: string;
	readonly Names?: readonly string[];
	readonly Image: string;
	readonly ImageID: string;
	readonly Command: string;
	readonly Created: number;
	readonly State: string;
	readonly Status: string;
	readonly Labels?: Labels | null;
	readonly Ports?: readonly RawPort[] | null;
	readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, { readonly NetworkID?: string } | null>> };
	readonly Mounts?: readonly RawMount[] | null;
}

interface RawPort {
	readonly IP?: string;
	readonly PrivatePort: number;
	readonly PublicPort?: number;
	readonly Type: string;
}

interface RawMount {
	readonly Type?: string;
	readonly Name?: string;
	readonly Source?: string;
	readonly Destination?: string;
}

/** What labc reads of `GET /containers/ID/json`. */
export interface RawContainerDetails {
	readonly Id: string;
	readonly Name: string;
	readonly State: {
		readonly Status: string;
		readonly Running: boolean;
		readonly ExitCode: number;
		readonly OOMKilled: boolean;
		readonly Error: string;
		readonly StartedAt?: string;
		readonly FinishedAt?: string;
		readonly Health?: {
			readonly Status: string;
			readonly Log?: readonly { readonly Output: string }[] | null;
		} | null;
	};
	readonly RestartCount?: number;
	readonly Config: Readonly<Record<string, unknown>>;
	readonly HostConfig: Readonly<Record<string, unknown>>;
	readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null };
	readonly Mounts?: readonly RawMount[] | null;
}

export function containerSummary(raw: RawContainer): ContainerSummary {
	const networks = Object.entries(raw.NetworkSettings?.Networks ?? {});
	return {
		id: raw.Id,
		name: ownName(raw.Names ?? []),
		image: raw.Image,
		imageId: raw.ImageID,
		command: raw.Command,
		created: raw.Created,
		state: raw.State as ContainerState,
		status: raw.Status,
		labels: raw.Labels ?? {},
		ports: (raw.Ports ?? []).map(publishedPort),
		networks: new Map(networks.map(([name, endpoint]) => [name, { networkId: endpoint?.NetworkID ?? '' }])),
		mounts: (raw.Mounts ?? []).map(observedMount),
	};
}

export function containerDetails(raw: RawContainerDetails): ContainerDetails {
	const { State: state } = raw;
	const health = healthWord(state.Health?.Status);
	const lastProbe = state.Health?.Log?.at(-1)?.Output;
	return {
		id: raw.Id,
		name: raw.Name.replace(/^\//, ''),
		state: {
			status: state.Status as ContainerState,
			running: state.Running,
			exitCode: state.ExitCode,
			oomKilled: state.OOMKilled,
			error: state.Error,
			...(raw.RestartCount !== undefined && { restarts: raw.RestartCount }),
			...(isTime(state.StartedAt) && { startedAt: state.StartedAt }),
			...(isTime(state.FinishedAt) && { finishedAt: state.FinishedAt }),
			...(health !== undefined && { health }),
			...(lastProbe !== undefined && { lastProbe }),
		},
		config: raw.Config,
		hostConfig: raw.HostConfig,
		endpoints: raw.NetworkSettings?.Networks ?? {},
		tty: raw.Config['Tty'] === true,
		mounts: (raw.Mounts ?? []).map(observedMount),
	};
}

/** Old links give a container more names, with a second slash inside. */
function ownName(names: readonly string[]): string {
	const own = names.find((name) => name.lastIndexOf('/') === 0) ?? names[0] ?? '';
	return own.replace(/^\//, '');
}

const publishedPort = (raw: RawPort): PublishedPort => ({
	...(raw.IP !== undefined && { ip: raw.IP }),
	privatePort: raw.PrivatePort,
	...(raw.PublicPort !== undefined && { publicPort: raw.PublicPort }),
	type: raw.Type,
});

const observedMount = (raw: RawMount): ObservedMount => ({
	type: raw.Type ?? '',
	...(raw.Name !== undefined && raw.Name !== '' && { name: raw.Name }),
	source: raw.Source ?? '',
	destination: raw.Destination ?? '',
});

/** A container that never ran has started and ended in the year 1. */
const isTime = (time: string | undefined): time is string => time !== undefined && !time.startsWith('0001-');

/** `none` and an empty word both say that there is no health check. */
const healthWord = (word: string | undefined): 'starting' | 'healthy' | 'unhealthy' | undefined =>
	word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;
