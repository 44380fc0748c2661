import type { ContainerDetails, ContainerSummary } from '../engine/container-api.ts';
import type { Labels } from '../engine/labels.ts';
import type { GpuContainer, GpuTerms } from '../gpu/holder.ts';
import { variablesIn } from '../gpu/service-wish.ts';
import { type AskedDevices, type GpuWish, readWish } from '../gpu/wish.ts';
import { label } from './labels.ts';

/**
 * What a container has of GPUs, whoever made it; undefined where it has nothing to do with any. `defaultRuntime` is the
 * engine's.
 */
export function readGpuContainer(
	summary: ContainerSummary,
	details: ContainerDetails,
	defaultRuntime?: string,
): GpuContainer | undefined {
	const { labels, state } = summary;
	const wish = wishOf(details, { labels, defaultRuntime });
	if (wish === undefined) return undefined;
	return {
		id: summary.id,
		name: summary.name,
		project: labels[label.project],
		user: labels[label.gpuUser],
		since: startOf(details) ?? summary.created,
		state,
		holds: holdsWhatItHas(summary, details),
		wish: inRole(wish, labels),
		terms: termsOf(labels),
	};
}

const startOf = ({ state: { startedAt } }: ContainerDetails): number | undefined =>
	startedAt === undefined ? undefined : Math.floor(Date.parse(startedAt) / 1000);

/**
 * One that is made and does not run yet holds nothing: who is about to start it has the lock on GPUs. One that ended
 * comes back by itself only where its policy says `always`.
 */
function holdsWhatItHas({ state }: ContainerSummary, { hostConfig }: ContainerDetails): boolean {
	if (state === 'running' || state === 'restarting' || state === 'paused' || state === 'removing') return true;
	return state === 'exited' && record(hostConfig['RestartPolicy'])['Name'] === 'always';
}

/** The word of people about a container that it only looks. */
export const inRole = (wish: GpuWish, labels: Labels): GpuWish =>
	labels[label.gpuRole] === 'observer' ? { ...wish, observes: true } : wish;

function wishOf(
	{ config, hostConfig }: ContainerDetails,
	{ labels, defaultRuntime }: { readonly labels: Labels; readonly defaultRuntime: string | undefined },
): GpuWish | undefined {
	const runtime = hostConfig['Runtime'];
	const variables = variablesIn(texts(config['Env']));
	// `all` is what images say: who asks by this variable names GPUs, and labc labels what it was asked for.
	const isUnasked = runtime === defaultRuntime && variables.visibleDevices === 'all' && !(label.gpuIds in labels);
	return readWish({
		forms: [list(hostConfig['DeviceRequests']).map(askedDevices)],
		devices: list(hostConfig['Devices']).map((device) => String(record(device)['PathOnHost'])),
		runtime: typeof runtime === 'string' ? runtime : undefined,
		variables: { ...variables, isUnasked },
	});
}

function askedDevices(request: unknown): AskedDevices {
	const { Driver: driver, Count: count, DeviceIDs: ids, Capabilities: capabilities } = record(request);
	return {
		driver: typeof driver === 'string' ? driver : '',
		count: typeof count === 'number' ? count : 0,
		device_ids: texts(ids),
		capabilities: list(capabilities).flatMap(texts),
	};
}

function termsOf(labels: Labels): GpuTerms {
	const memory = Number(labels[label.gpuMemory]);
	return { share: labels[label.gpuShare] === 'true', memory: memory > 0 ? memory : undefined };
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? { ...value } : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => list(value).filter((item) => typeof item === 'string');
