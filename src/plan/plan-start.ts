import type { ObservedContainer } from '../state/observed-state.ts';
import { addStart } from './add-start.ts';
import type { Declared } from './declared.ts';
import { freeHostPorts, hasPortRange } from './host-ports.ts';
import type { ContainerReference, StepId } from './plan.ts';
import { planPreStart } from './pre-start.ts';
import type { UpContext } from './up-context.ts';

/** What the parts of one service's plan share. */
export interface ServiceRequest extends Declared {
	/** Steps that any start of the service waits for. */
	readonly conditions: readonly StepId[];
	readonly context: UpContext;
}

/** A container and the step after which it runs. */
export interface PlannedContainer {
	readonly reference: ContainerReference;
	/** The step after which it is there and has its name; undefined where both are so. */
	readonly made?: StepId | undefined;
	/** The step after which it runs; undefined where nothing has to be done for it. */
	readonly started?: StepId | undefined;
	readonly untouched?: ObservedContainer;
}

/** The start of a container, after the service's conditions; starts that choose from a range of ports go one by one. */
export function planStart(
	container: ContainerReference,
	reason: string,
	after: readonly (StepId | undefined)[],
	request: ServiceRequest,
): StepId | undefined {
	const { name, service, conditions, context } = request;
	if (context.options.start === false) return undefined;
	const prepared = isFirstStart(container, context)
		? planPreStart(container, [...after, ...conditions], request)
		: undefined;
	const gate = hasPortRange(service) ? context.rangeStarts.at(-1) : undefined;
	const { ready, started } = addStart(context.plan, {
		container,
		name,
		service,
		project: context.project,
		reasons: reason,
		after: [prepared, ...after, ...conditions, ...freeHostPorts(name, service, context), gate],
	});
	if (hasPortRange(service)) context.rangeStarts.push(started);
	return ready;
}

/** Whether the container has never run: it is made by this plan, or an earlier run got no further. */
const isFirstStart = (container: ContainerReference, { state }: UpContext): boolean =>
	'createdBy' in container || state.containers.find(({ id }) => id === container.id)?.state === 'created';
