import type { Project } from '../model/project.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { orphansOf } from './plan-orphans.ts';
import type { GoneContainer, ServiceDecision } from './service-decision.ts';
import type { UpOptions } from './up-options.ts';

interface LeavingInput {
	readonly project: Project;
	readonly state: ObservedState;
	readonly options: Pick<UpOptions, 'orphans'>;
	readonly gone: ReadonlyMap<string, GoneContainer>;
}

/** Ids of containers that the plan removes: too many, of no service any more, or gone with a volume. */
export function leavingOf(
	decisions: ReadonlyMap<string, ServiceDecision>,
	{ project, state, options, gone }: LeavingInput,
): readonly string[] {
	const surplus = [...decisions.values()].flatMap((decision) => decision.surplus.map(({ container }) => container.id));
	const orphans = options.orphans === 'remove' ? orphansOf(project, state).map(({ id }) => id) : [];
	return [...surplus, ...orphans, ...gone.keys()];
}
