import { executePlan } from '../execute/execute-plan.ts';
import { describeStep } from '../execute/step-progress.ts';
import type { Project } from '../model/project.ts';
import type { Step } from '../plan/plan.ts';
import { planStop, type StopOptions } from '../plan/plan-stop.ts';
import { observeContainers } from '../state/observe.ts';
import type { RunTools } from './run-tools.ts';

/** Stops the services in order; when the user can't wait for that, kills what still runs. */
export async function stopServices(project: Project, tools: RunTools, options: StopOptions): Promise<void> {
	const { engine, forceSignal } = tools;
	const plan = planStop(project.services, await observeContainers(engine, project.name), options);
	const { unfinished } = await executePlan(plan, {
		...tools,
		signal: forceSignal,
		project,
		projectName: project.name,
	});
	await Promise.all(unfinished.map((step) => kill(step, tools)));
}

/** A container that has ended meanwhile is as good as killed. */
async function kill(step: Step, { engine, emit }: RunTools): Promise<void> {
	const { operation } = step;
	if (operation.type !== 'container.stop' || !('id' in operation.container)) return;
	await engine.killContainer(operation.container.id, 'SIGKILL').catch(() => undefined);
	emit({ type: 'step.done', step: { ...describeStep(step), done: 'Killed' } });
}
