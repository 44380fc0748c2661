import type { ContainerDetails, ContainerSummary } from '../engine/container-api.ts';
import type { Labels } from '../engine/labels.ts';
import { readItems, readList, readRecord, readRecords } from '../engine/unread.ts';
import type { GpuContainer, GpuTerms } from '../gpu/holder.ts';
import { variablesIn } from '../gpu/service-wish.ts';
import { type AskedDevices, type GpuWish, readWish } from '../gpu/wish.ts';
import { containerKey, label } from './labels.ts';

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
		key: containerKey(labels),
		user: labels[label.gpuUser],
		since: startOf(details) ?? summary.created,
		state,
		places: labels[label.gpuPlaces]?.split(' '),
		holds: holdsWhatItHas(summary, details),
		wish: inRole(wish, labels),
		terms: termsOf(labels),
	};
}

const startOf = ({ state: { startedAt } }: ContainerDetails): number | undefined =>
	startedAt === undefined ? undefined : Math.floor(Date.parse(startedAt) / 1000);

/** One that is made and does not run yet holds nothing: who is about to start it has seen to that. */
function holdsWhatItHas({ state }: ContainerSummary, details: ContainerDetails): boolean {
	if (state === 'running' || state === 'restarting' || state === 'paused' || state === 'removing') return true;
	return state === 'exited' && returns(details);
}

/**
 * Whether the engine starts it when it is itself started: `always`, and after a failure, which a stop mostly is too,
 * with `on-failure` as long as it has tries left. What somebody stopped with `unless-stopped` stays so.
 */
function returns({ state: { exitCode, restarts = 0 }, hostConfig }: ContainerDetails): boolean {
	const { Name: policy, MaximumRetryCount: tries } = readRecord(hostConfig['RestartPolicy']);
	if (policy === 'always') return true;
	return policy === 'on-failure' && exitCode !== 0 && (typeof tries !== 'number' || tries === 0 || restarts < tries);
}

/** The word of people about a container that it only looks. */
export const inRole = (wish: GpuWish, labels: Labels): GpuWish =>
	labels[label.gpuRole] === 'observer' ? { ...wish, observes: true } : wish;

function wishOf(
	{ config, hostConfig }: ContainerDetails,
	{ labels, defaultRuntime }: { readonly labels: Labels; readonly defaultRuntime: string | undefined },
): GpuWish | undefined {
	const runtime = hostConfig['Runtime'];
	const variables = variablesIn(readList(config['Env']));
	// `all` is what images say: who asks by this variable names GPUs, and labc labels what it was asked for.
	const isUnasked = runtime === defaultRuntime && variables.visibleDevices === 'all' && !(label.gpuIds in labels);
	return readWish({
		forms: [readRecords(hostConfig['DeviceRequests']).map(askedDevices)],
		devices: readRecords(hostConfig['Devices']).map((device) => String(device['PathOnHost'])),
		runtime: typeof runtime === 'string' ? runtime : undefined,
		variables: { ...variables, isUnasked },
	});
}

function askedDevices(request: Readonly<Record<string, unknown>>): AskedDevices {
	const { Driver: driver, Count: count, DeviceIDs: ids, Capabilities: capabilities } = request;
	return {
		driver: typeof driver === 'string' ? driver : '',
		count: typeof count === 'number' ? count : 0,
		device_ids: readList(ids),
		capabilities: readItems(capabilities).flatMap(readList),
	};
}

function termsOf(labels: Labels): GpuTerms {
	const memory = Number(labels[label.gpuMemory]);
	return { share: labels[label.gpuShare] === 'true', memory: memory > 0 ? memory : undefined };
}
