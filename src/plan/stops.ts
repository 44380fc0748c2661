import type { Provider } from '../model/provider.ts';
import type { Service } from '../model/service.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { StepId, UndoStep } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { addHooks } from './plan-hooks.ts';

/** What takes a container out of service: one stop for each, whoever asked for it first, and what follows it. */
export interface Stops {
	/** The step after which the container is out of service; a stop is added where it runs and there is none yet. */
	ensure(
		container: ObservedContainer,
		reasons: string | readonly string[],
		after?: readonly (StepId | undefined)[],
	): StepId | undefined;
	/** The same for a container that makes place for its own replacement: its hooks are not run, as with docker compose. */
	replace(container: ObservedContainer, reason: string, after: readonly (StepId | undefined)[]): StepId | undefined;
	of(container: ObservedContainer): StepId | undefined;
	/** Has the program that provides a service stop it, if it can. */
	provider(service: string, provider: Provider, after: readonly StepId[]): StepId;
	/** From now on, the container is out of service only after `step`. */
	extend(container: ObservedContainer, step: StepId): void;
	/** What gives back to the container what it was taken from besides. */
	rejoin(container: ObservedContainer, step: UndoStep): void;
	rejoins(container: ObservedContainer): readonly UndoStep[];
}

export interface StopsRequest {
	/** Seconds a container gets; its own grace period where absent. */
	readonly timeoutSeconds: number | undefined;
	/** What the file says of the services: their `pre_stop` hooks run before a stop. */
	readonly services: ReadonlyMap<string, Service> | undefined;
}

export function stopsOf(plan: PlanBuilder, { timeoutSeconds, services }: StopsRequest): Stops {
	const steps = new Map<string, StepId>();
	const rejoins = new Map<string, readonly UndoStep[]>();
	const stop = (container: ObservedContainer, request: StopRequest): StepId | undefined => {
		const known = steps.get(container.id);
		if (known !== undefined || !isActive(container)) return known;
		const { name, id, service } = container;
		const reference = { name, id };
		const declared = request.withHooks && container.state === 'running' ? services?.get(service) : undefined;
		const hooked = addHooks(plan, 'pre_stop', { container: reference, name: service, service: declared, ...request });
		const step = plan.add(
			{
				type: 'container.stop',
				service,
				container: reference,
				...(timeoutSeconds !== undefined && { timeoutSeconds }),
			},
			request.reasons,
			{ after: [...request.after, hooked] },
		);
		steps.set(id, step);
		return step;
	};
	return {
		ensure: (container, reasons, after = []) => stop(container, { reasons, after, withHooks: !container.oneOff }),
		replace: (container, reasons, after) => stop(container, { reasons, after, withHooks: false }),
		extend: ({ id }, step) => void steps.set(id, step),
		rejoin: ({ id }, step) => void rejoins.set(id, [...(rejoins.get(id) ?? []), step]),
		rejoins: ({ id }) => rejoins.get(id) ?? [],
		of: (container) => steps.get(container.id),
		provider: (service, provider, after) =>
			plan.add({ type: 'provider.run', service, provider, verb: 'stop' }, 'stopped by the user', { after }),
	};
}

interface StopRequest {
	readonly reasons: string | readonly string[];
	readonly after: readonly (StepId | undefined)[];
	readonly withHooks: boolean;
}

/** Whether the container holds its ports and its name in the networks. */
export const isActive = ({ state }: ObservedContainer): boolean =>
	state === 'running' || state === 'restarting' || state === 'paused';
