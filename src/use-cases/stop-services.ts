import { executePlan } from '../execute/execute-plan.ts';
import type { Project } from '../model/project.ts';
import { planStop, type StopOptions } from '../plan/plan-stop.ts';
import { isActive } from '../plan/stops.ts';
import { observeContainers } from '../state/observe.ts';
import type { RunTools } from './run-tools.ts';

/** Stops the services in order; when the user can't wait for that, kills what still runs. */
export async function stopServices(project: Project, tools: RunTools, options: StopOptions): Promise<void> {
	const { engine, forceSignal } = tools;
	const containers = await observeContainers(engine, project.name);
	const plan = planStop(project, containers, options);
	await executePlan(plan, { ...tools, signal: forceSignal, project, projectName: project.name });
	if (!forceSignal.aborted) return;
	const stopped = new Set(
		plan.steps.flatMap(({ operation }) => ('container' in operation ? [operation.container.name] : [])),
	);
	const running = containers.filter((container) => stopped.has(container.name) && isActive(container));
	await Promise.allSettled(running.map(({ id }) => engine.killContainer(id, 'SIGKILL')));
}
