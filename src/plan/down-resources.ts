import type { ImageSummary } from '../engine/image-api.ts';
import type { NetworkSummary } from '../engine/network-api.ts';
import type { Project } from '../model/project.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer, ObservedState } from '../state/observed-state.ts';
import type { StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { isActive, type Stops } from './stops.ts';

export interface DownState extends ObservedState {
	/** Images that were built for the project; looked up where images are to go. */
	readonly builtImages?: readonly ImageSummary[];
}

export interface DownContext {
	/** Undefined where only the project's name is known. */
	readonly project: Project | undefined;
	readonly projectName: string;
	readonly state: DownState;
	readonly plan: PlanBuilder;
	readonly stops: Stops;
}

export const downReason = 'the project is taken down';

/** Networks that running containers which stay are on stay too; one that does not run keeps none from going. */
export function planNetworkRemovals(
	left: readonly ObservedContainer[],
	removed: ReadonlyMap<string, StepId>,
	{ project, projectName, state, plan }: DownContext,
): void {
	const isUsed = ({ id }: NetworkSummary): boolean =>
		left.some((one) => isActive(one) && [...one.networks.values()].some(({ networkId }) => networkId === id));
	for (const network of [...state.networks.values()].flat()) {
		const key = network.labels[label.network];
		if (key === undefined || network.labels[label.project] !== projectName || isUsed(network)) continue;
		if (project !== undefined && project.networks.get(key)?.name !== network.name) continue;
		if (project?.networks.get(key)?.external) continue;
		const users = state.containers.filter(({ networks }) =>
			[...networks.values()].some(({ networkId }) => networkId === network.id),
		);
		plan.add({ type: 'network.remove', key, name: network.name, id: network.id }, downReason, {
			after: users.map(({ id }) => removed.get(id)),
		});
	}
}

export function planVolumeRemovals(
	left: readonly ObservedContainer[],
	removed: ReadonlyMap<string, StepId>,
	{ project, projectName, state, plan }: DownContext,
): void {
	const mounts = ({ mounts }: ObservedContainer, name: string): boolean =>
		mounts.some((mount) => mount.type === 'volume' && mount.name === name);
	for (const { name, labels } of state.volumes.values()) {
		const key = labels[label.volume];
		if (key === undefined || labels[label.project] !== projectName || left.some((container) => mounts(container, name)))
			continue;
		if (project !== undefined && project.volumes.get(key)?.name !== name) continue;
		if (project?.volumes.get(key)?.external) continue;
		const users = state.containers.filter((container) => mounts(container, name));
		plan.add({ type: 'volume.remove', key, name }, '`--volumes` was given', {
			after: users.map(({ id }) => removed.get(id)),
			destroysData: true,
		});
	}
}
