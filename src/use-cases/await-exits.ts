import { LabcError } from '../errors/labc-error.ts';
import type { Plan } from '../plan/plan.ts';
import { planBuilder } from '../plan/plan-builder.ts';
import { isActive } from '../plan/stops.ts';
import { observeContainers } from '../state/observe.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { RunTools } from './run-tools.ts';

export interface AwaitExitsOptions {
	readonly services: readonly string[];
	/** Told when a container has ended. */
	onExit(exit: { readonly id: string; readonly exitCode: number }): Promise<void>;
}

/**
 * Waits until all that runs of the services, one-offs too, has ended. Gives the exit code of what ended last. A dry run
 * shows what would be waited for.
 */
export async function awaitExits(
	projectName: string,
	{ engine, signal, show }: Pick<RunTools, 'engine' | 'signal' | 'show'>,
	{ services, onExit }: AwaitExitsOptions,
): Promise<number> {
	const containers = await observeContainers(engine, projectName);
	const running = containers.filter((container) => services.includes(container.service) && isActive(container));
	if (running.length === 0) throw nothingRuns(projectName, services);
	let last = 0;
	if (show !== undefined) {
		await show(waitingPlan(running));
		return last;
	}
	await Promise.all(
		running.map(async ({ id }) => {
			const { exitCode } = await engine.waitContainer(id, 'not-running', signal);
			last = exitCode;
			await onExit({ id, exitCode });
		}),
	);
	return last;
}

/** What a dry run shows. */
function waitingPlan(containers: readonly ObservedContainer[]): Plan {
	const plan = planBuilder();
	for (const { service, name, id } of containers) {
		const awaited = { service, containers: [{ name, id }], condition: 'service_completed_successfully' } as const;
		plan.add({ type: 'container.await', ...awaited, required: true }, 'the command ends when it has ended');
	}
	return plan.build();
}

const nothingRuns = (projectName: string, services: readonly string[]): LabcError =>
	new LabcError(
		'CONTAINER_MISSING',
		`no containers for project \`${projectName}\`: nothing runs of ${services.map((name) => `\`${name}\``).join(', ')}`,
		{ hint: 'See with `labc compose ps -a` what has ended already.' },
	);
