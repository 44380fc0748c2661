import type { Project } from '../model/project.ts';
import { chooseProfiles } from '../options/precedence.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import { checkEnabled } from './checks/check-enabled.ts';
import { checkContainerNames } from './checks/container-names.ts';
import { warnOfProfiles } from './checks/profiles.ts';
import { decodeProject } from './decode/project.ts';
import { allOnDefaultPlatform, defaultPlatform } from './default-platform.ts';
import { type LoadedTree, loadTree } from './load-tree.ts';
import type { LoadedProject, LoadRequest } from './loaded-project.ts';
import { applyProfiles, selectServices } from './select-services.ts';
import { readServiceEnvFiles } from './service-env-files.ts';
import { readServiceLabelFiles } from './service-label-files.ts';
import { usedResources } from './used-resources.ts';

/** Loads the project the options mean. Throws one error that holds every problem found; warnings are returned. */
export async function loadProject(options: ProjectOptions, request: LoadRequest = {}): Promise<LoadedProject> {
	const loaded = await loadTree(options, request);
	const project = await assemble(loaded, options, request);
	const { tree, sources, included, contents, findings } = loaded;
	findings.throwIfAny();
	const includedEnvFiles = [...included.values()].flat().flatMap(({ added }) => added.flatMap(({ files }) => files));
	const { variables: environment } = sources;
	return { project, tree, warnings: findings.warnings, environment, contents, includedEnvFiles };
}

/** From the canonical tree to the typed project, with what was not asked for left out. */
async function assemble(loaded: LoadedTree, options: ProjectOptions, request: LoadRequest): Promise<Project> {
	const { name, tree, sources, findings } = loaded;
	const { services: named = [], all = false, without = [] } = request;
	findings.endStep();
	const decoded = decodeProject(tree, findings);
	findings.endStep();
	const profiles = all ? ['*'] : chooseProfiles(options, sources.variables);
	warnOfProfiles(profiles, decoded.services, findings);
	const { enabled } = applyProfiles(decoded.services, profiles, named);
	if (!without.includes('consistency')) {
		checkEnabled({ ...decoded, services: enabled, declared: decoded.services }, tree, findings);
	}
	if (named.length > 0) findings.throwIfAny();
	const selected = selectServices(enabled, named);
	if (!without.includes('consistency') && !without.includes('container-names')) {
		checkContainerNames(selected, tree, findings);
	}
	const platform = defaultPlatform(sources.variables);
	const placed = without.includes('default-platform') ? selected : allOnDefaultPlatform(selected, sources.variables);
	const labelled = await readServiceLabelFiles(placed, { tree, findings });
	const services = without.includes('env-files')
		? labelled
		: await readServiceEnvFiles(labelled, { variables: sources.variables, tree, findings });
	findings.throwIfAny();
	return {
		name,
		...(options.compatibility ? { separator: '_' } : {}),
		...(options.allResources ? { makesAllResources: true } : {}),
		...(platform !== undefined && { defaultPlatform: platform }),
		workingDir: sources.workingDir,
		configFiles: sources.configFiles,
		environmentFiles: sources.environmentFiles,
		...usedResources(decoded, all || options.allResources === true ? 'all' : services),
		services,
		disabledServices: new Map([...decoded.services].filter(([key]) => !services.has(key))),
		extensions: decoded.extensions,
		labc: decoded.labc,
	};
}
