import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { planRestart, type RestartOptions } from '../plan/plan-restart.ts';
import { requireService } from '../plan/select-services.ts';
import { changeContainers } from './change-containers.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

/** Restarts the services' containers, and those of services that ask to be restarted with them. */
export const restartServices = (target: ProjectTarget, tools: RunTools, options: RestartOptions): Promise<void> =>
	changeContainers(target, tools, {
		needed: options.services,
		plan({ services, containers }) {
			const known = withNamed(services, target.project, options.services);
			for (const name of options.services ?? []) requireService({ services: known }, name);
			return planRestart(known, containers, options);
		},
	});

/** Who names a service means it, also where its profile is off. */
function withNamed(
	services: ReadonlyMap<string, Service>,
	project: Project | undefined,
	named: readonly string[] = [],
): ReadonlyMap<string, Service> {
	const disabled = [...(project?.disabledServices ?? [])].filter(([name]) => named.includes(name));
	return new Map([...services, ...disabled]);
}
