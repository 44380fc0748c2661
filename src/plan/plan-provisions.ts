import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { StepId } from './plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** Adds what other programs do for the services: their providers bring them up, models are fetched and set up. */
export function planProvisions(
	selected: ReadonlyMap<string, Service>,
	project: Pick<Project, 'models'>,
	plan: PlanBuilder,
): void {
	const provided = new Map<string, StepId>();
	for (const [name, service] of selected) {
		const { provider, depends_on = {} } = service;
		if (provider === undefined) continue;
		const after = Object.keys(depends_on).map((needed) => provided.get(needed));
		const step = plan.add(
			{ type: 'provider.run', service: name, provider, verb: 'up' },
			'its provider is asked each time',
			{
				after,
			},
		);
		provided.set(name, step);
	}
	const used = new Set([...selected.values()].flatMap(({ models = {} }) => Object.keys(models)));
	const models = [...used].sort().flatMap((key) => project.models.get(key) ?? []);
	if (models.length > 0) plan.add({ type: 'model.prepare', models }, 'services use them');
}
