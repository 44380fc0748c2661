import { LabcError } from '../errors/labc-error.ts';
import { type PauseOptions, type PauseVerb, planPause } from '../plan/plan-pause.ts';
import { changeContainers } from './change-containers.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Pauses or unpauses what can be, then fails as docker compose does where a container was in that state already: all
 * of them are told in one error, and a dry run promises none of them.
 */
export async function pauseServices(
	target: ProjectTarget,
	tools: RunTools,
	{ verb, ...options }: PauseOptions & { readonly verb: PauseVerb },
): Promise<void> {
	let refused: readonly string[] = [];
	await changeContainers(target, tools, {
		plan({ services, containers }) {
			const planned = planPause({ verb, services, containers }, options);
			refused = planned.refused;
			if (planned.plan.steps.length === 0 && refused.length > 0) throw refusal(verb, refused);
			return planned.plan;
		},
	});
	if (refused.length > 0) throw refusal(verb, refused);
}

function refusal(verb: PauseVerb, names: readonly string[]): LabcError {
	const state = verb === 'pause' ? 'already paused' : 'not paused';
	return new LabcError('ENGINE_CONFLICT', `cannot ${verb} what is ${state}: ${names.join(', ')}`, {
		hint: 'See with `labc compose ps` which containers are paused.',
	});
}
