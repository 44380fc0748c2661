import type { Project } from '../model/project.ts';
import { mayRecreate } from '../plan/decide-volumes.ts';
import type { NeededConsent, Plan } from '../plan/plan.ts';
import { planUp } from '../plan/plan-up.ts';
import type { UpOptions } from '../plan/up-options.ts';
import { observeStrangers } from '../state/observe.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { BringUpOptions } from './bring-up-options.ts';
import type { RunTools } from './run-tools.ts';

/** An answered plan, and the options under which it is made again. */
interface Consented {
	readonly plan: Plan;
	readonly options: BringUpOptions;
}

/**
 * Asks for each volume that could only be recreated; without a clear yes it is kept. Asked before the lock is taken:
 * nobody else should wait for the answer. `pendingImages` stands in the plan, not in the options.
 */
export async function askForVolumes(
	project: Project,
	state: ObservedState,
	{
		tools,
		options,
		pendingImages,
	}: {
		readonly tools: Pick<RunTools, 'engine' | 'confirm'>;
		readonly options: BringUpOptions;
		readonly pendingImages: Plan;
	},
): Promise<Consented> {
	const pending = pendingImages.steps.length > 0 && { pendingImages };
	const planWith = async (given: BringUpOptions): Promise<Consented> => {
		const seen = await withStrangers(project, state, { engine: tools.engine, options: given });
		return { plan: planUp(project, seen, { ...given, ...pending }), options: given };
	};
	const first = await planWith(options);
	const open = options.asks === false ? [] : (first.plan.needsConsent ?? []);
	const agreed = new Set<string>();
	for (const consent of open) {
		if (await tools.confirm(questionFor(consent))) agreed.add(consent.key);
	}
	return agreed.size === 0 ? first : planWith({ ...options, recreateVolumes: agreed });
}

const questionFor = ({ name, reasons }: NeededConsent): string =>
	`volume \`${name}\` exists but doesn't match the configuration in the compose file (${reasons.join('; ')}). Recreate it (data will be lost)?`;

/** Whatever else on the engine uses a volume is only looked for where one may go. */
export async function withStrangers(
	project: Project,
	state: ObservedState,
	{ engine, options }: Pick<RunTools, 'engine'> & { readonly options: UpOptions },
): Promise<ObservedState> {
	if (!mayRecreate(project, state, options)) return state;
	return { ...state, strangers: await observeStrangers(engine, state.containers) };
}
