import type { Plan } from '../plan/plan.ts';
import { planRemove, type RemoveOptions } from '../plan/plan-remove.ts';
import { changeContainers } from './change-containers.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

/** Removes containers. Without `force` a person is asked first, and only what was agreed to is removed. */
export async function removeServices(target: ProjectTarget, tools: RunTools, options: RemoveOptions): Promise<void> {
	const asksFirst = options.force !== true && tools.show === undefined;
	let agreed: ReadonlySet<string> | undefined;
	await changeContainers(target, tools, {
		async plan({ services, containers }) {
			const plan = planRemove(services, containers, options);
			if (plan.steps.length === 0)
				return { ...plan, warnings: [options.stop ? noneStopped : { ...noneStopped, hint }] };
			if (!asksFirst) return plan;
			agreed ??= await askFor(plan, tools);
			return planRemove(
				services,
				containers.filter(({ id }) => agreed?.has(id)),
				options,
			);
		},
	});
}

const noneStopped: Plan['warnings'][number] = {
	severity: 'warning',
	code: 'CONTAINER_MISSING',
	message: 'no stopped containers',
};

const hint = 'Add `--stop` to stop them first.';

/** Ids of the containers that may go. */
async function askFor({ steps }: Plan, { confirm }: RunTools): Promise<ReadonlySet<string>> {
	const going = steps.flatMap(({ operation }) =>
		operation.type === 'container.remove' && 'id' in operation.container ? [operation.container] : [],
	);
	const names = going.map(({ name }) => name).join(', ');
	return new Set((await confirm(`Going to remove ${names}. Are you sure?`)) ? going.map(({ id }) => id) : []);
}
