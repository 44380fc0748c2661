import type { Project } from '../model/project.ts';
import { imageReference } from '../state/names.ts';
import type { Plan, Step, StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** Services whose image another plan makes: the step that makes it and the words for a reason. */
export interface PendingImages {
	readonly steps: ReadonlyMap<string, StepId>;
	readonly words: ReadonlyMap<string, string>;
}

/** Puts the steps of an image plan that was not carried out in front, so that one plan shows everything. */
export function importImageSteps(images: Plan | undefined, project: Project, plan: PlanBuilder): PendingImages {
	const steps = new Map<string, StepId>();
	const words = new Map<string, string>();
	for (const step of images?.steps ?? []) {
		const id = plan.add(step.operation, step.reasons, { after: step.dependsOn });
		for (const service of servicesOf(step, project)) {
			steps.set(service, id);
			words.set(service, pendingWords(step, service));
		}
	}
	for (const warning of images?.warnings ?? []) plan.warn(warning);
	return { steps, words };
}

/** Several services may be made from one image. */
function servicesOf({ operation }: Step, project: Project): readonly string[] {
	if (operation.type === 'image.build') return operation.services;
	if (operation.type !== 'image.pull') return [];
	return [...project.services]
		.filter(([name, service]) => imageReference(project, name, service) === operation.image)
		.map(([name]) => name);
}

const pendingWords = ({ operation }: Step, service: string): string =>
	operation.type === 'image.pull' ? `depends on the pull of ${operation.image}` : `depends on the build of ${service}`;
