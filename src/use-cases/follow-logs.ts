import type { ContainerEvent } from '../engine/system-api.ts';
import { createLogPrinter } from '../render/log-printer.ts';
import { label } from '../state/labels.ts';
import { observeContainers, readContainer } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { followContainers, type LogFollower } from './follow-containers.ts';
import type { FollowEngine, FollowLogsRequest } from './follow-logs-request.ts';
import { isSelected, logSource, selectContainers } from './log-containers.ts';

/**
 * Prints the containers' output while it comes, through restarts, and that of containers that appear later. Ends
 * when none is left that runs or will be started again, or when the signal aborts.
 */
export async function followLogs(engine: FollowEngine, request: FollowLogsRequest): Promise<void> {
	const stop = new AbortController();
	const signal = AbortSignal.any([request.signal, stop.signal]);
	const printer = createLogPrinter(request.sink, request.style);
	request.onPrinter?.(printer);
	try {
		const events = await engine.containerEvents(eventFilter(request), signal);
		const containers = await selected(engine, request);
		for (const name of request.expectedNames ?? []) printer.expect(name);
		for (const container of containers) printer.expect(logSource(container).name);
		// What was started may be a moment ahead of its event.
		const until = request.until?.then(() => follower.catchUp(() => selected(engine, request)));
		const follower = followContainers({ engine, printer, request: { ...request, ...(until && { until }) }, signal });
		const listening = listen(events, follower, request);
		// Met below; until then the first look may still fail.
		listening.catch(() => undefined);
		await follower.begin(containers);
		request.onReady?.();
		await Promise.race([follower.idle(), listening]);
		await follower.settled();
	} finally {
		stop.abort();
		await printer.flush();
	}
}

const selected = async (
	engine: FollowEngine,
	{ selection }: FollowLogsRequest,
): Promise<readonly ObservedContainer[]> =>
	selectContainers(await observeContainers(engine, selection.projectName), selection);

const eventFilter = ({ selection }: FollowLogsRequest): readonly string[] => [
	`${label.project}=${selection.projectName}`,
	label.configHash,
	`${label.oneOff}=False`,
];

/** Resolves when the engine's events end, which they do by themselves only where the engine goes away. */
async function listen(
	events: AsyncIterable<ContainerEvent>,
	follower: LogFollower,
	{ selection }: FollowLogsRequest,
): Promise<void> {
	for await (const event of events) {
		const container = asContainer(event);
		if (!isSelected(container, selection)) continue;
		if (event.action === 'create') follower.created(container);
		else if (event.action === 'start') follower.started(container);
		else if (event.action === 'die') follower.died(container, event);
		else if (event.action === 'destroy') follower.removed(container);
	}
}

/** What an event tells of a container: its id and labels; it is named by inspection. */
const asContainer = ({ containerId, labels }: ContainerEvent): ObservedContainer =>
	readContainer({
		id: containerId,
		name: labels['name'] ?? containerId,
		image: '',
		imageId: '',
		command: '',
		created: 0,
		state: 'created',
		status: '',
		labels,
		ports: [],
		networks: new Map(),
		mounts: [],
	});
