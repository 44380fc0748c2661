import { joinPlans } from '../plan/join-plans.ts';
import type { Plan } from '../plan/plan.ts';
import { type AwaitExitsOptions, awaitExits } from './await-exits.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';
import { takeDown } from './take-down.ts';

/** Takes the project down when what runs of the services has ended. A dry run shows both as one plan. */
export async function awaitAndTakeDown(
	target: ProjectTarget,
	tools: RunTools,
	options: AwaitExitsOptions,
): Promise<number> {
	const plans: Plan[] = [];
	const noting: RunTools = tools.show === undefined ? tools : { ...tools, show: async (plan) => void plans.push(plan) };
	const status = await awaitExits(target.name, noting, options);
	await takeDown(target, noting, {});
	const [waiting, down] = plans;
	if (waiting !== undefined && down !== undefined) await tools.show?.(joinPlans(waiting, down));
	return status;
}
