import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { ContainerReference, StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { serviceFiles } from './service-files.ts';

export interface CopyRequest {
	readonly container: ContainerReference;
	/** The service's name. */
	readonly name: string;
	readonly service: Service | undefined;
	readonly project?: Pick<Project, 'secrets' | 'configs'> | undefined;
	readonly after: readonly (StepId | undefined)[];
}

/** Adds the step that writes secrets and configs into a container; undefined where it has none of that kind. */
export function addCopies(
	plan: PlanBuilder,
	{ container, name, service, project, after }: CopyRequest,
): StepId | undefined {
	if (service === undefined || project === undefined) return undefined;
	const { copied } = serviceFiles(service, project);
	if (copied.length === 0) return undefined;
	const operation = { type: 'container.copy', service: name, container, files: copied } as const;
	return plan.add(operation, 'its secrets and configs are written into it before it starts', { after });
}
