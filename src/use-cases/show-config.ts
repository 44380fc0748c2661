import type { LoadedProject, LoadStage } from '../loader/loaded-project.ts';
import type { ConfigRequest, ConfigSources, ConfigView } from './config-request.ts';

/** What `config` prints. The modules of a view are imported when it is asked for. */
export const configText = (request: ConfigRequest, sources: ConfigSources): Promise<string> =>
	views[request.view](request, sources);

type View = (request: ConfigRequest, sources: ConfigSources) => Promise<string>;

const views: Readonly<Record<ConfigView, View>> = {
	project: async (request, sources) => {
		const { projectText } = await import('./config-project.ts');
		return projectText(request, sources);
	},
	services: async (request, sources) => {
		if (request.without.includes('interpolation')) {
			const { childOf } = await import('../document/node.ts');
			const services = childOf((await sources.loadTree(request.without)).tree, 'services');
			return linesOf(services?.kind === 'mapping' ? [...services.entries.keys()] : []);
		}
		const { serviceNames } = await import('./config-listings.ts');
		return linesOf(serviceNames((await wholeProject(request, sources)).project));
	},
	volumes: async (request, sources) => linesOf((await wholeProject(request, sources)).project.volumes.keys()),
	networks: async (request, sources) => linesOf((await wholeProject(request, sources)).project.networks.keys()),
	models: async (request, sources) => {
		const { modelNames } = await import('./config-listings.ts');
		return linesOf(modelNames((await wholeProject(request, sources)).project));
	},
	hash: async (request, sources) => {
		const { serviceHashes } = await import('./config-listings.ts');
		return linesOf(serviceHashes(await wholeProject(request, sources), request.hash, request.hashForm));
	},
	profiles: async (request, sources) => {
		const { profileNames } = await import('./config-listings.ts');
		return linesOf(profileNames((await namedServices(request, sources)).project));
	},
	images: async (request, sources) => {
		const { imageNames } = await import('./config-listings.ts');
		return linesOf(imageNames((await namedServices(request, sources)).project));
	},
	variables: async (request, sources) => {
		const { variablesText } = await import('./config-variables.ts');
		const { tree } = await sources.loadTree([...request.without, 'interpolation']);
		return variablesText(tree, request);
	},
	environment: async (request, sources) => {
		const { environmentLines } = await import('./config-listings.ts');
		const { secretValues } = await import('./secret-values.ts');
		const loaded = await sources.loadProject({ services: request.services, without: request.without });
		const secrets = request.redact ? secretValues(loaded.project, loaded.contents, loaded.tree) : undefined;
		return linesOf(environmentLines(loaded.environment, secrets));
	},
};

const linesOf = (lines: Iterable<string>): string => [...lines].map((line) => `${line}\n`).join('');

/** Lists do without the values of services, and so without files that hold them. */
const listStages = ({ without }: ConfigRequest): readonly LoadStage[] => [...without, 'env-files'];

const wholeProject = async (request: ConfigRequest, { loadProject }: ConfigSources) =>
	asAsked(await loadProject({ without: listStages(request) }), request);

const namedServices = async (request: ConfigRequest, { loadProject }: ConfigSources) =>
	asAsked(await loadProject({ services: request.services, without: listStages(request) }), request);

/** Lists hide credentials too: an image's name, or a profile's, may hold one. A hash is over what the file says. */
async function asAsked(loaded: LoadedProject, { redact, view }: ConfigRequest): Promise<LoadedProject> {
	if (!redact || view === 'hash') return loaded;
	const { redactProject } = await import('./redact-project.ts');
	return redactProject(loaded);
}
