import { shortId } from '../gpu/describe.ts';
import { cutToWidth, displayWidth, padToWidth } from '../render/display-width.ts';
import { escapeLine } from '../render/escape-control.ts';
import { humanDuration } from '../render/human-duration.ts';
import { formatPorts, sortPorts } from '../render/port-list.ts';
import type { Column } from '../render/table.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { countsAsUp } from '../use-cases/list-containers.ts';
import type { ServiceUrl } from '../use-cases/service-urls.ts';
import { formatLabels, labelHeader, labelOf, type RowKind } from './listing-format.ts';

export interface ContainerOutputOptions {
	/** Seconds since the epoch. */
	readonly now: number;
	readonly truncate: boolean;
	/** Whether there is a column for the GPUs that labc gave out. */
	readonly showsGpus: boolean;
}

/** docker's template of that name. */
export const rawContainer = [
	'container_id: {{.ID}}',
	'image: {{.Image}}',
	'command: {{.Command}}',
	'created_at: {{.CreatedAt}}',
	'state: {{.State}}',
	'status: {{.Status}}',
	'names: {{.Names}}',
	'labels: {{.Labels}}',
	'ports: {{.Ports}}',
	'',
].join('\\n');

/** docker compose's table, keys and headings; GPUs only where a container holds one, since scripts read the rest. */
export const containerRows = (options: ContainerOutputOptions): RowKind<ObservedContainer> => ({
	columns: columnsFor(options),
	fields: (container) => ({
		...toJson(container, options),
		...gpuField(container),
		Label: (key: unknown) => labelOf(container.labels, key),
	}),
	headers,
});

const headers = {
	Command: 'COMMAND',
	CreatedAt: 'CREATED AT',
	ExitCode: 'EXIT CODE',
	GPUs: 'GPUS',
	Health: 'HEALTH',
	ID: 'CONTAINER ID',
	Image: 'IMAGE',
	Labels: 'LABELS',
	LocalVolumes: 'LOCAL VOLUMES',
	Mounts: 'MOUNTS',
	Name: 'NAME',
	Names: 'NAMES',
	Networks: 'NETWORKS',
	Ports: 'PORTS',
	Project: 'PROJECT',
	Publishers: 'PUBLISHERS',
	RunningFor: 'CREATED',
	Service: 'SERVICE',
	Size: 'SIZE',
	State: 'STATE',
	Status: 'STATUS',
	Label: labelHeader,
} as const;

/** Where the table is too wide for the terminal, the columns that are missed least are left out. */
const columnsFor = (options: ContainerOutputOptions): readonly Column<ObservedContainer>[] => [
	{ title: 'NAME', text: ({ name }) => name },
	{ title: 'IMAGE', text: ({ image }) => image, dropOrder: 2 },
	{ title: 'COMMAND', text: (container) => quotedCommand(container, options), dropOrder: 4 },
	{ title: 'SERVICE', text: ({ service }) => service },
	{ title: 'CREATED', text: (container) => runningFor(container, options), dropOrder: 3 },
	{ title: 'STATUS', text: ({ status }) => status },
	{ title: 'PORTS', text: ({ ports }) => formatPorts(ports), dropOrder: 1 },
	...(options.showsGpus
		? [{ title: 'GPUS', text: (container: ObservedContainer) => gpusText(container, options) }]
		: []),
];

/** Ids of the GPUs that labc gave it and that it still has: one that ended has given them back. */
export const heldGpus = ({ labels, state }: Pick<ObservedContainer, 'labels' | 'state'>): readonly string[] =>
	countsAsUp(state) ? (labels[label.gpuIds] ?? '').split(' ').filter((id) => id !== '' && id !== 'none') : [];

/** As `labc gpu` lists them; whole ids where nothing is to be cut. */
function gpusText(container: ObservedContainer, { truncate }: ContainerOutputOptions): string {
	const ids = heldGpus(container);
	const places = (container.labels[label.gpuPlaces] ?? '').split(' ');
	if (truncate && ids.length > 0 && places.length === ids.length) return `GPU ${places.join(', ')}`;
	return ids.map((id) => (truncate ? shortId(id) : id)).join(', ');
}

function gpuField(container: ObservedContainer): { readonly GPUs?: readonly string[] } {
	const ids = heldGpus(container);
	return ids.length === 0 ? {} : { GPUs: ids };
}

/** Each service once, on a line; an empty line where there is none, as docker compose has it. */
export const formatServices = (containers: readonly ObservedContainer[]): string =>
	`${[...new Set(containers.map(({ service }) => service))].join('\n')}\n`;

/** The block below the table; empty where nothing can be opened. */
export function formatUrls(urls: readonly ServiceUrl[]): string {
	if (urls.length === 0) return '';
	const width = Math.max(...urls.map(({ service }) => displayWidth(escapeLine(service))));
	const lines = urls.map(({ service, url }) => `  ${padToWidth(escapeLine(service), width)}  ${url}\n`);
	return `\nOpen in a browser:\n${lines.join('')}`;
}

const toJson = (container: ObservedContainer, options: ContainerOutputOptions) => ({
	Command: quotedCommand(container, options),
	CreatedAt: createdAt(container),
	ExitCode: container.exitCode ?? 0,
	Health: container.health ?? '',
	ID: options.truncate ? container.id.slice(0, 12) : container.id,
	Image: container.image,
	Labels: formatLabels(container.labels),
	LocalVolumes: String(container.mounts.filter(({ type }) => type === 'volume').length),
	Mounts: container.mounts.map((mount) => cut(mount.name ?? mount.source, mountWidth, options)).join(','),
	Name: container.name,
	Names: container.name,
	Networks: [...container.networks.keys()].join(','),
	Ports: formatPorts(container.ports),
	Project: container.labels[label.project] ?? '',
	Publishers: sortPorts(container.ports).map(({ ip, privatePort, publicPort, type }) => ({
		URL: ip ?? '',
		TargetPort: privatePort,
		PublishedPort: publicPort ?? 0,
		Protocol: type,
	})),
	RunningFor: runningFor(container, options),
	Service: container.service,
	Size: '0B',
	State: container.state,
	Status: container.status,
});

const commandWidth = 20;
const mountWidth = 15;

const quotedCommand = ({ command }: ObservedContainer, options: ContainerOutputOptions): string =>
	JSON.stringify(cut(command, commandWidth, options));

const cut = (text: string, width: number, { truncate }: ContainerOutputOptions): string =>
	truncate ? cutToWidth(text, width) : text;

const runningFor = ({ created }: ObservedContainer, { now }: ContainerOutputOptions): string =>
	`${humanDuration(now - created)} ago`;

/** In docker's form, but always in UTC: the same on every machine. */
const createdAt = ({ created }: ObservedContainer): string =>
	`${new Date(created * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
