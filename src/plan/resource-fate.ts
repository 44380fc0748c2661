import type { NetworkSummary } from '../engine/network-api.ts';
import type { VolumeSummary } from '../engine/volume-api.ts';
import type { Network } from '../model/network.ts';
import type { Volume } from '../model/volume.ts';
import { label } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { hashNetwork, hashVolume } from './config-hash.ts';

/** What is to become of a network or a volume. `foreign`: it is there, but another project's or nobody's. */
export type Fate<Found> =
	| { readonly kind: 'missing' }
	| { readonly kind: 'kept' | 'foreign' | 'diverged'; readonly found: Found };

export function networkFate(projectName: string, network: Network, state: ObservedState): Fate<NetworkSummary> {
	const found = findNetwork(projectName, network, state);
	if (found === undefined) return { kind: 'missing' };
	if (network.external) return { kind: 'kept', found };
	if (found.labels[label.project] !== projectName) return { kind: 'foreign', found };
	return { kind: sameHash(found.labels, hashNetwork(network)) ? 'kept' : 'diverged', found };
}

/** Of several networks with the name the project's own. */
export function findNetwork(
	projectName: string,
	{ name }: Network,
	{ networks }: ObservedState,
): NetworkSummary | undefined {
	const named = networks.get(name) ?? [];
	return named.find(({ labels }) => labels[label.project] === projectName) ?? named[0];
}

export function volumeFate(projectName: string, volume: Volume, state: ObservedState): Fate<VolumeSummary> {
	const found = state.volumes.get(volume.name);
	if (found === undefined) return { kind: 'missing' };
	if (volume.external) return { kind: 'kept', found };
	if (found.labels[label.project] !== projectName) return { kind: 'foreign', found };
	return { kind: sameHash(found.labels, hashVolume(volume)) ? 'kept' : 'diverged', found };
}

/** A resource without a recorded hash comes from a tool that kept none: nothing says that it differs. */
function sameHash(labels: Readonly<Record<string, string>>, declared: string): boolean {
	const recorded = labels[label.configHash];
	return recorded === undefined || recorded === declared;
}
