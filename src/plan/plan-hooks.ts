import type { Service } from '../model/service.ts';
import type { ContainerReference, HookPhase, StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

export interface HookRequest {
	readonly container: ContainerReference;
	/** The service's name. */
	readonly name: string;
	/** Undefined where there is no file to say what its hooks are. */
	readonly service: Service | undefined;
	readonly after: readonly (StepId | undefined)[];
}

/** Adds the service's hooks of that phase, one after the other; gives the last step, or undefined where it has none. */
export function addHooks(
	plan: PlanBuilder,
	phase: HookPhase,
	{ container, name, service, after }: HookRequest,
): StepId | undefined {
	let last: StepId | undefined;
	for (const hook of service?.[phase] ?? []) {
		last = plan.add({ type: 'container.exec', service: name, container, phase, hook }, reasons[phase], {
			after: last === undefined ? after : [last],
		});
	}
	return last;
}

const reasons: Readonly<Record<HookPhase, string>> = {
	post_start: 'its hook runs after every start',
	pre_stop: 'its hook runs before it is stopped',
};
