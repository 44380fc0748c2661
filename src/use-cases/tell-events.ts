import type { Engine } from '../engine/engine.ts';
import type { ContainerEvent, EventRange } from '../engine/system-api.ts';
import { isToolLabel, label } from '../state/labels.ts';

export interface TellEventsRequest {
	readonly projectName: string;
	/** All when empty. */
	readonly services: readonly string[];
	readonly range: EventRange;
	/** Ends the telling quietly. */
	readonly signal: AbortSignal;
	tell(event: ProjectEvent): Promise<void>;
}

/** Something that happened to a container of a service. */
export interface ProjectEvent extends Pick<ContainerEvent, 'action' | 'containerId' | 'time'> {
	readonly service: string;
	/** What the engine says of it, without the labels of tools. */
	readonly attributes: Readonly<Record<string, string>>;
}

/** Tells what happens to a project's containers while it happens. One-offs are nobody's service. */
export async function tellEvents(
	engine: Pick<Engine, 'containerEvents'>,
	{ projectName, services, range, signal, tell }: TellEventsRequest,
): Promise<void> {
	const filter = [`${label.project}=${projectName}`, `${label.oneOff}=False`];
	for await (const { action, containerId, time, labels } of await engine.containerEvents(filter, signal, range)) {
		const service = labels[label.service] ?? '';
		if (services.length > 0 && !services.includes(service)) continue;
		const attributes = Object.fromEntries(
			Object.entries(labels)
				.filter(([key]) => !isToolLabel(key))
				.sort(([one], [other]) => (one < other ? -1 : 1)),
		);
		await tell({ action, containerId, time, service, attributes });
	}
}
