import { LabcError } from '../errors/labc-error.ts';
import { planStartServices, type StartOptions } from '../plan/plan-start-services.ts';
import { selectServices } from '../plan/select-services.ts';
import { changeContainers } from './change-containers.ts';
import type { ProjectTarget } from './project-target.ts';
import type { RunTools } from './run-tools.ts';

export interface StartServicesOptions extends StartOptions {
	readonly services: readonly string[];
	readonly waitTimeoutSeconds?: number | undefined;
}

/** Starts the containers of the services and of what they depend on. Nothing is made that is not there. */
export const startServices = (
	target: ProjectTarget,
	tools: RunTools,
	{ services: named, waitTimeoutSeconds, ...options }: StartServicesOptions,
): Promise<void> =>
	changeContainers(target, tools, {
		waitTimeoutSeconds,
		needed: named,
		plan({ services, containers }) {
			const withoutFile = target.project === undefined;
			if (withoutFile && containers.length === 0) throw nothingThere(target.name);
			return planStartServices(selectServices({ services }, { services: named }), containers, {
				...options,
				allServices: new Map([...(target.project?.disabledServices ?? []), ...services]),
				withoutFile,
				declared: target.project,
			});
		},
	});

const nothingThere = (name: string): LabcError =>
	new LabcError('CONTAINER_MISSING', `no container found for project \`${name}\``, {
		hint: 'Make them with `labc compose up -d` in the folder of the project.',
	});
