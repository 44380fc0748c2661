import { executePlan } from '../execute/execute-plan.ts';
import { errorOfRun } from '../execute/run-failure.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { planBuilder } from '../plan/plan-builder.ts';
import { addHooks } from '../plan/plan-hooks.ts';
import type { RunTools } from './run-tools.ts';

export interface OneOff {
	readonly id: string;
	readonly name: string;
	readonly serviceName: string;
	readonly service: Service;
}

/**
 * Runs the `post_start` hooks in a one-off that has been started, without a word: the program has the terminal. One
 * that has ended by then needs none.
 */
export async function runOneOffHooks(project: Project, tools: RunTools, oneOff: OneOff): Promise<void> {
	const { id, name, serviceName, service } = oneOff;
	const plan = planBuilder();
	addHooks(plan, 'post_start', { container: { id, name }, name: serviceName, service, after: [] });
	const { steps, warnings } = plan.build();
	if (steps.length === 0) return;
	const quiet = { ...tools, emit: () => undefined };
	const result = await executePlan({ steps, warnings }, { ...quiet, project, projectName: project.name });
	const error = errorOfRun(result, { project });
	if (error !== undefined && (await isRunning(id, tools))) throw error;
}

/** A hook that was cut off by the end of its container has not failed. */
const isRunning = (id: string, { engine }: RunTools): Promise<boolean> =>
	engine.inspectContainer(id).then(
		({ state }) => state.running,
		() => false,
	);
