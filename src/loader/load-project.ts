import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { chooseProfiles } from '../options/precedence.ts';
import type { ProjectOptions } from '../options/project-options.ts';
import type { Variables } from '../options/variables.ts';
import { buildsBeside } from './builds-beside.ts';
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
	const { tree, sources, contents, findings, files } = loaded;
	findings.throwIfAny();
	const { variables: environment } = sources;
	return { project, tree, warnings: findings.warnings, environment, contents, files: [...files] };
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
	const isForBuilds = !without.includes('builds');
	const placed = isForBuilds ? allOnDefaultPlatform(decoded.services, sources.variables) : decoded.services;
	const [chosen, others] = split(placed, selected);
	const labelled = await readServiceLabelFiles(chosen, { tree, findings });
	const services = without.includes('env-files')
		? labelled
		: await readServiceEnvFiles(labelled, { variables: sources.variables, tree, findings });
	findings.throwIfAny();
	return {
		name,
		...(options.compatibility ? { separator: '_' } : {}),
		...(options.allResources ? { makesAllResources: true } : {}),
		...platformOf(sources.variables),
		workingDir: sources.workingDir,
		configFiles: sources.configFiles,
		environmentFiles: sources.environmentFiles,
		...usedResources(decoded, {
			services: all || options.allResources === true ? 'all' : services,
			builds: isForBuilds ? buildsBeside(services, others) : [],
		}),
		services,
		disabledServices: others,
		extensions: decoded.extensions,
		labc: decoded.labc,
	};
}

/** Those that are selected, and the others. */
function split(
	services: ReadonlyMap<string, Service>,
	selected: ReadonlyMap<string, Service>,
): readonly [chosen: ReadonlyMap<string, Service>, others: ReadonlyMap<string, Service>] {
	const entries = Map.groupBy(services, ([name]) => selected.has(name));
	return [new Map(entries.get(true)), new Map(entries.get(false))];
}

function platformOf(variables: Variables): Pick<Project, 'defaultPlatform'> {
	const platform = defaultPlatform(variables);
	return platform === undefined ? {} : { defaultPlatform: platform };
}
