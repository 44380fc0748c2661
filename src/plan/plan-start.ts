import type { ObservedContainer } from '../state/observed-state.ts';
import { addStart } from './add-start.ts';
import type { Declared } from './declared.ts';
import { freeHostPorts, hasPortRange } from './host-ports.ts';
import type { ContainerReference, StepId } from './plan.ts';
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
	{ name, service, conditions, context }: ServiceRequest,
): StepId | undefined {
	if (context.options.start === false) return undefined;
	const gate = hasPortRange(service) ? context.rangeStarts.at(-1) : undefined;
	const { ready, started } = addStart(context.plan, {
		container,
		name,
		service,
		project: context.project,
		reasons: reason,
		after: [...after, ...conditions, ...freeHostPorts(name, service, context), gate],
	});
	if (hasPortRange(service)) context.rangeStarts.push(started);
	return ready;
}
