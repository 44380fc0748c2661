import type { MappingNode } from '../document/node.ts';
import { Findings } from '../errors/findings.ts';
import type { Project } from '../model/project.ts';
import { chooseProfiles } from '../options/precedence.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { checkDeclared } from './checks/check-declared.ts';
import { checkEnabled } from './checks/check-enabled.ts';
import { type ComposeSources, resolveSources } from './compose-sources.ts';
import { decodeProject } from './decode/project.ts';
import type { LoadedProject, LoadRequest } from './loaded-project.ts';
import { mergeDocuments } from './merge-documents.ts';
import { normalise } from './normalise.ts';
import { nameProject } from './project-identity.ts';
import { readDocuments } from './read-documents.ts';
import { resolvePaths } from './resolve-paths.ts';
import { applyProfiles, selectServices } from './select-services.ts';
import { readServiceEnvFiles } from './service-env-files.ts';
import { usedResources } from './used-resources.ts';

/** Loads the project the options mean. Throws one error that holds every problem found; warnings are returned. */
export async function loadProject(options: ProjectOptions, request: LoadRequest = {}): Promise<LoadedProject> {
	const findings = new Findings();
	const sources = await resolveSources(options, findings);
	const documents = await readDocuments(sources, options, findings);
	const name = nameProject(options, { ...sources, documents });
	sources.variables.set('COMPOSE_PROJECT_NAME', name);
	const merged = await mergeDocuments(documents, sources.variables, findings);
	const resolved = resolvePaths(merged, { workingDir: sources.workingDir, home: sources.variables.get('HOME') });
	const tree = normalise(resolved as MappingNode, name, sources.variables);
	const project = await assemble(tree, { name, sources, options, request, findings });
	findings.throwIfAny();
	return { project, tree, warnings: findings.warnings, environment: sources.variables };
}

interface Assembly {
	readonly name: string;
	readonly sources: ComposeSources;
	readonly options: ProjectOptions;
	readonly request: LoadRequest;
	readonly findings: Findings;
}

/** From the canonical tree to the typed project, with what was not asked for left out. */
async function assemble(tree: MappingNode, { name, sources, options, request, findings }: Assembly): Promise<Project> {
	const decoded = decodeProject(tree, findings);
	checkDeclared(decoded, tree, findings);
	const named = request.services ?? [];
	const profiles = request.all === true ? ['*'] : chooseProfiles(options, sources.variables);
	const { enabled } = applyProfiles(decoded.services, profiles, named);
	checkEnabled({ ...decoded, services: enabled, declared: new Set(decoded.services.keys()) }, tree, findings);
	findings.throwIfAny();
	const selected = selectServices(enabled, named);
	const services =
		request.envFiles === 'ignored'
			? selected
			: await readServiceEnvFiles(selected, { variables: sources.variables, tree, findings });
	return {
		name,
		workingDir: sources.workingDir,
		configFiles: sources.configFiles,
		environmentFiles: sources.environmentFiles,
		...usedResources(decoded, request.all === true ? 'all' : services),
		services,
		disabledServices: new Map([...decoded.services].filter(([key]) => !services.has(key))),
		extensions: decoded.extensions,
		labc: decoded.labc,
	};
}
