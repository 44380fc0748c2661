import type { Project } from '../model/project.ts';
import type { Plan } from './plan.ts';
import { planBuilder } from './plan-builder.ts';
import { type Selection, selectServices } from './select-services.ts';

/** Builds every selected service that can be built, there or not, all in one go. */
export function planBuild(project: Project, selection: Selection): Plan {
	const plan = planBuilder();
	const services = [...selectServices(project, selection)].filter(([, { build }]) => build !== undefined);
	const names = services.map(([name]) => name).sort();
	if (names.length > 0) plan.add({ type: 'image.build', services: names }, 'asked for');
	return plan.build();
}
