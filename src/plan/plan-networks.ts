import type { EndpointSpec } from '../engine/container-api.ts';
import type { NetworkSummary } from '../engine/network-api.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { Network } from '../model/network.ts';
import { label, resourceLabels } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { hashNetwork, networkTexts } from './config-hash.ts';
import { endpointsOf } from './endpoints.ts';
import { explainNetwork } from './explain-resource.ts';
import { fieldsLabel } from './field-digests.ts';
import { hasPoolsOf, networkAsFound } from './found-network.ts';
import { hasPortRange } from './host-ports.ts';
import { linksOf, withLinks } from './links.ts';
import type { StepId } from './plan.ts';
import { networkFate } from './resource-fate.ts';
import { numberOf } from './service-decision.ts';
import { isActive } from './stops.ts';
import type { UpContext } from './up-context.ts';

type NetworkContext = Pick<UpContext, 'project' | 'state' | 'plan' | 'stops' | 'hooks' | 'decisions'>;

export interface NetworkSteps {
	/** The steps that creates wait for, by network key. */
	readonly ready: ReadonlyMap<string, StepId>;
	/** By container id: the steps that give a kept container its place on a recreated network again. */
	readonly reconnected: ReadonlyMap<string, readonly StepId[]>;
}

/** Adds the steps that bring the networks named by `keys` to their declared form. */
export function planNetworks(keys: Iterable<string>, context: NetworkContext): NetworkSteps {
	const { project, state, plan } = context;
	const ready = new Map<string, StepId>();
	const reconnected = new Map<string, StepId[]>();
	for (const key of keys) {
		const network = project.networks.get(key);
		if (network === undefined || network.external) continue;
		const fate = networkFate(project.name, network, state);
		if (fate.kind === 'missing') ready.set(key, planCreation(key, network, context));
		if (fate.kind === 'foreign') plan.warn(foreignNetwork(key, project.name, fate.found));
		if (fate.kind === 'diverged')
			ready.set(key, planRecreation({ key, network, found: fate.found, reconnected }, context));
	}
	return { ready, reconnected };
}

function planCreation(key: string, network: Network, { project, plan }: NetworkContext, removed?: StepId): StepId {
	const configHash = hashNetwork(network);
	const labels = {
		...resourceLabels('network', { project: project.name, key, configHash }, network.labels),
		...fieldsLabel(networkTexts(network), configHash),
	};
	const reason = removed === undefined ? 'not found' : 'recreated';
	return plan.add({ type: 'network.create', key, network, labels }, reason, { after: [removed] });
}

interface Recreation {
	readonly key: string;
	readonly network: Network;
	readonly found: NetworkSummary;
	readonly reconnected: Map<string, StepId[]>;
}

/** The engine removes no network in use: its containers stop, leave it, and get their place on the new one. */
function planRecreation({ key, network, found, reconnected }: Recreation, context: NetworkContext): StepId {
	const { state, plan } = context;
	const reason = `network ${key} is recreated`;
	const attached = state.containers.filter((container) => !container.oneOff && isOn(container, found.id));
	const leaving = attached.map((container) => planLeave(container, { key, id: found.id, reason }, context));
	const left = [...leaving.map((each) => each.left), ...context.hooks.remove((one) => isOn(one, found.id))];
	const removed = plan.add(
		{ type: 'network.remove', key, name: found.name, id: found.id },
		explainNetwork(network, found),
		{
			after: left,
		},
	);
	const created = planCreation(key, network, context, removed);
	planOldNetwork({ key, network, found, removed, created, leaving }, context);
	for (const container of attached) {
		const connect = connection(container, { key, endpoint: endpointOf(container, network, context) });
		if (!staysAsItIs(container, context)) {
			context.stops.rejoin(container, {
				undoes: created,
				operation: connect,
				reason: 'its replacement did not come up',
			});
			continue;
		}
		const step = plan.add(connect, reason, { after: [created] });
		reconnected.set(container.id, [...(reconnected.get(container.id) ?? []), step]);
	}
	return created;
}

const connection = (
	{ name, id }: ObservedContainer,
	{ key, endpoint }: { readonly key: string; readonly endpoint: EndpointSpec },
) => ({ type: 'network.connect', key, container: { name, id }, endpoint }) as const;

/** A container that makes place for the recreation of its network. */
interface Leaving {
	readonly container: ObservedContainer;
	readonly stopped: StepId | undefined;
	readonly left: StepId;
}

interface Exchanged extends Pick<Recreation, 'key' | 'network' | 'found'> {
	readonly removed: StepId;
	readonly created: StepId;
	readonly leaving: readonly Leaving[];
}

/** Should the engine refuse the new network, the old one is made again, and those that left it run on it as before. */
function planOldNetwork({ key, network, found, removed, created, leaving }: Exchanged, context: NetworkContext): void {
	const old = networkAsFound(found);
	if (old === undefined) return;
	const reason = `network ${key} could not be recreated`;
	const endpoint = (container: ObservedContainer): EndpointSpec => {
		const { ipv4Address, ipv6Address, ...free } = endpointOf(container, network, context);
		return hasPoolsOf(old, network) ? endpointOf(container, network, context) : free;
	};
	context.plan.undo({
		guards: [...leaving.map(({ left }) => left), removed, created],
		steps: [
			{ undoes: removed, operation: { type: 'network.create', key, network: old, labels: found.labels }, reason },
			...leaving.map(({ container, left }) => ({
				undoes: left,
				operation: connection(container, { key, endpoint: endpoint(container) }),
				reason,
			})),
			...leaving.flatMap(({ container: { service, name, id }, stopped }) =>
				stopped === undefined
					? []
					: [
							{
								undoes: stopped,
								operation: { type: 'container.start', service, container: { name, id } } as const,
								reason,
							},
						],
			),
		],
	});
}

function planLeave(
	container: ObservedContainer,
	{ key, id, reason }: { readonly key: string; readonly id: string; readonly reason: string },
	{ plan, stops }: NetworkContext,
): Leaving {
	const reference = { name: container.name, id: container.id };
	const stopped = stops.replace(container, reason, []);
	const left = plan.add({ type: 'network.disconnect', key, id, container: reference }, reason, { after: [stopped] });
	stops.extend(container, left);
	return { container, stopped, left };
}

const isOn = (container: Pick<ObservedContainer, 'networks'>, networkId: string): boolean =>
	[...container.networks.values()].some((endpoint) => endpoint.networkId === networkId);

/** Containers of services that this plan is not about stay too. */
function staysAsItIs(container: ObservedContainer, { decisions }: NetworkContext): boolean {
	const decision = decisions.get(container.service);
	return decision === undefined || decision.kept.some(({ id }) => id === container.id);
}

function endpointOf(
	container: ObservedContainer,
	network: Network,
	{ project, state }: Pick<NetworkContext, 'project' | 'state'>,
): EndpointSpec {
	const service = project.services.get(container.service);
	const names = [container.name, container.service];
	const declared = service === undefined ? [] : endpointsOf(service, project, names);
	const endpoint = declared.find((one) => one.network === network.name) ?? { network: network.name, aliases: names };
	const namesOf = (other: string): readonly string[] =>
		state.containers.filter((one) => one.service === other && !one.oneOff).map(({ name }) => name);
	return withLinks(endpoint, linksOf({ service: service ?? {}, number: numberOf(container), namesOf }, project));
}

/** Containers that run again after their network was recreated, though the plan is not about their service. */
export function planReturn(
	reconnected: NetworkSteps['reconnected'],
	{ project, state, plan, stops, decisions, rangeStarts }: NetworkContext & Pick<UpContext, 'rangeStarts'>,
): void {
	for (const container of state.containers) {
		const steps = reconnected.get(container.id);
		if (steps === undefined || decisions.has(container.service) || !isActive(container)) continue;
		const service = project.services.get(container.service);
		const isRanged = service !== undefined && hasPortRange(service);
		const started = plan.add(
			{ type: 'container.start', service: container.service, container: { name: container.name, id: container.id } },
			'its network was recreated',
			{ after: [...steps, stops.of(container), isRanged ? rangeStarts.at(-1) : undefined] },
		);
		if (isRanged) rangeStarts.push(started);
	}
}

/** docker compose takes a network of that name only where its label names the same key. */
function foreignNetwork(key: string, projectName: string, { name, labels }: NetworkSummary): Diagnostic {
	const owner = labels[label.project];
	const hint = 'Set `external: true` to use an existing network.';
	const recorded = labels[label.network] ?? '';
	if (recorded !== key) {
		throw new LabcError(
			'ENGINE_CONFLICT',
			`network \`${name}\` was found but has incorrect label ${label.network} set to \`${recorded}\` (expected: \`${key}\`)`,
			{
				hint,
			},
		);
	}
	const why = owner === undefined ? 'by compose' : `for project \`${projectName}\``;
	const message = `a network with name \`${name}\` exists but was not created ${why}`;
	return { severity: 'warning', code: 'RESOURCE_FOREIGN', message, path: `networks.${key}`, hint };
}
