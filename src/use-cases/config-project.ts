import { attributeLocator } from '../document/locate-attribute.ts';
import { LabcError } from '../errors/labc-error.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import type { ConfigRequest, ConfigSources } from './config-request.ts';

/** The whole project as text, ready to be read back. */
export async function projectText(request: ConfigRequest, sources: ConfigSources): Promise<string> {
	const { format = 'yaml', without } = request;
	if (format !== 'yaml' && format !== 'json') {
		throw new LabcError('USAGE_INVALID', `\`${format}\` is not a format of \`config\``, {
			hint: 'Write `yaml` or `json`.',
		});
	}
	if (without.includes('interpolation')) {
		const { writtenText } = await import('./config-written.ts');
		return writtenText({ ...request, format }, sources);
	}
	const loaded = withoutLabelFiles(await sources.loadProject({ services: request.services, without }));
	const text = await formats[format](await withRequested(loaded, request, sources), request);
	return text.replaceAll('$', '$$$$');
}

/** What the files hold stands in `labels`; docker compose prints only that. */
function withoutLabelFiles(loaded: LoadedProject): LoadedProject {
	const services = [...loaded.project.services].map(
		([name, { label_file: _, ...service }]) => [name, service] as const,
	);
	return { ...loaded, project: { ...loaded.project, services: new Map(services) } };
}

type ProjectFormat = (loaded: LoadedProject, request: ConfigRequest) => Promise<string>;

const formats: Readonly<Record<'yaml' | 'json', ProjectFormat>> = {
	json: async ({ project, tree }) => {
		const { projectToJson } = await import('../loader/project-to-json.ts');
		return projectToJson(project, attributeLocator(tree));
	},
	yaml: async (loaded) => {
		const { projectToYaml } = await import('../loader/project-to-yaml.ts');
		return projectToYaml(loaded);
	},
};

async function withRequested(
	loaded: LoadedProject,
	{ digests, redact }: ConfigRequest,
	sources: ConfigSources,
): Promise<LoadedProject> {
	const pinned = digests === undefined ? loaded : await withDigests(loaded, digests, sources);
	if (!redact) return pinned;
	const { redactProject } = await import('./redact-project.ts');
	return redactProject(pinned);
}

async function withDigests(
	loaded: LoadedProject,
	digests: 'resolve' | 'only',
	sources: ConfigSources,
): Promise<LoadedProject> {
	const { onlyImages, pinImages, withImages } = await import('./pin-images.ts');
	const { services } = loaded.project;
	const images = [...services].flatMap(([name, { image }]) => (image === undefined ? [] : [[name, image] as const]));
	const pinned = withImages(loaded, await pinImages(new Map(images), sources));
	return digests === 'only' ? onlyImages(pinned) : pinned;
}
