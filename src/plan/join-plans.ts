import type { Plan } from './plan.ts';

/** Both plans as one: nothing of the second begins before all of the first is done. Both are about what is there. */
export function joinPlans(first: Plan, second: Plan): Plan {
	const before = first.steps.map(({ id }) => id);
	const last = Math.max(0, ...before);
	const later = second.steps.map((step) => ({
		...step,
		id: step.id + last,
		dependsOn: step.dependsOn.length === 0 ? before : step.dependsOn.map((id) => id + last),
	}));
	return { steps: [...first.steps, ...later], warnings: [...first.warnings, ...second.warnings] };
}
