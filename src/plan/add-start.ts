import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { addCopies } from './add-copies.ts';
import type { ContainerReference, StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { addHooks } from './plan-hooks.ts';

export interface StartRequest {
	readonly container: ContainerReference;
	/** The service's name. */
	readonly name: string;
	/** Undefined where there is no file to say what belongs to a start. */
	readonly service: Service | undefined;
	/** What declares the secrets and configs that are written into the container first. */
	readonly project?: Pick<Project, 'secrets' | 'configs'> | undefined;
	readonly reasons: string | readonly string[];
	readonly after: readonly (StepId | undefined)[];
}

export interface PlannedStart {
	readonly started: StepId;
	/** The step after which the service's `post_start` hooks have run too. */
	readonly ready: StepId;
}

/** Adds the start of a container and what the file wants done around it. */
export function addStart(plan: PlanBuilder, request: StartRequest): PlannedStart {
	const { container, name, reasons, after } = request;
	const copied = addCopies(plan, request);
	const started = plan.add({ type: 'container.start', service: name, container }, reasons, {
		after: [...after, copied],
	});
	return { started, ready: addHooks(plan, 'post_start', { ...request, after: [started] }) ?? started };
}
