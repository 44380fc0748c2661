import type { Project } from '../model/project.ts';
import { findDrift, reasonsOfDrift } from '../plan/drift.ts';
import type { Drift, Plan } from '../plan/plan.ts';
import { planUp } from '../plan/plan-up.ts';
import { selectServices } from '../plan/select-services.ts';
import type { UpOptions } from '../plan/up-options.ts';
import { observeDetails } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { RunTools } from './run-tools.ts';

export interface Look {
	readonly state: ObservedState;
	/** What `up` would do, its reasons field by field. */
	readonly plan: Plan;
	readonly drift: readonly Drift[];
}

/** Inspects the containers of the services that the plan is about: what was changed by hand stands in no list. */
export async function lookForDrift(
	project: Project,
	seen: ObservedState,
	{ engine, options }: Pick<RunTools, 'engine'> & { readonly options: UpOptions },
): Promise<Look> {
	const selected = selectServices(project, options);
	const ids = seen.containers.filter(({ service, oneOff }) => selected.has(service) && !oneOff).map(({ id }) => id);
	const state = ids.length === 0 ? seen : await observeDetails(engine, seen, new Set(ids));
	const plan = planUp(project, state, options);
	return { state, plan, drift: findDrift(project, state, { plan, options }) };
}

/** With `mendsDrift`, the options under which the plan mends what the lists don't show as well. */
export async function mendingDrift<O extends UpOptions & { readonly mendsDrift?: boolean }>(
	project: Project,
	seen: ObservedState,
	{ engine, options }: Pick<RunTools, 'engine'> & { readonly options: O },
): Promise<O> {
	if (!options.mendsDrift) return options;
	const { drift } = await lookForDrift(project, seen, { engine, options: { ...options, drifted: new Map() } });
	return { ...options, drifted: reasonsOfDrift(drift) };
}
