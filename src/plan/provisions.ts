import type { Project } from '../model/project.ts';
import type { Service, StringMap } from '../model/service.ts';
import type { ProvidedVariables } from '../programs/programs.ts';

/** What programs beside the engine told, which services learn through their environment. */
export interface Provisions {
	/** By the service that is provided. */
	readonly providers: ReadonlyMap<string, ProvidedVariables>;
	/** Where models answer; undefined where no service has any. */
	readonly modelEndpoint?: string | undefined;
}

/** The project whose services know what they have been provided with. */
export function withProvisions(project: Project, provisions: Provisions): Project {
	if (provisions.providers.size === 0 && provisions.modelEndpoint === undefined) return project;
	const services = [...project.services].map(([name, service]): [string, Service] => {
		const learnt = { ...providedTo(service, provisions), ...modelVariables(service, project, provisions) };
		if (Object.keys(learnt).length === 0) return [name, service];
		return [name, { ...service, environment: { ...service.environment, ...learnt } }];
	});
	return { ...project, services: new Map(services) };
}

/** Those that depend on a provided service get its variables, with its name before theirs or as they are. */
function providedTo({ depends_on = {} }: Service, { providers }: Provisions): StringMap {
	const variables: Record<string, string> = {};
	for (const [name, { prefixed, raw }] of providers) {
		if (!(name in depends_on)) continue;
		for (const [key, value] of prefixed) variables[`${name.toUpperCase()}_${key}`] = value;
		for (const [key, value] of raw) variables[key] = value;
	}
	return variables;
}

function modelVariables({ models = {} }: Service, project: Project, { modelEndpoint }: Provisions): StringMap {
	if (modelEndpoint === undefined) return {};
	const variables: Record<string, string> = {};
	for (const [key, names] of Object.entries(models)) {
		const prefix = key.toUpperCase().replaceAll('-', '_');
		variables[names?.model_var ?? `${prefix}_MODEL`] = project.models.get(key)?.model ?? '';
		variables[names?.endpoint_var ?? `${prefix}_URL`] = modelEndpoint;
	}
	return variables;
}
