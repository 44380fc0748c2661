import { LabcError } from '../errors/labc-error.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import { dependencyGraphOf, dependencyOrder } from '../model/dependency-graph.ts';
import { compareText } from '../model/ordered-entries.ts';
import type { Project } from '../model/project.ts';
import type { ConfigValues } from './config-flags.ts';

/** What `config` prints for its flags. */
export async function configOutput(loaded: LoadedProject, values: ConfigValues): Promise<string> {
	const { project } = loaded;
	if (values.hash !== undefined) return linesOf(await hashes(project, values.hash));
	const listing = listings.find(([flag]) => values[flag] === true);
	if (listing !== undefined) return linesOf(listing[1](project));
	return escapeDollars(await wholeProject(loaded, values.format ?? 'yaml'));
}

const listings: readonly (readonly [
	flag: 'services' | 'images' | 'profiles' | 'volumes' | 'networks',
	list: Listing,
])[] = [
	['services', ({ services }) => dependencyOrder(dependencyGraphOf(services))],
	['images', imagesOf],
	['profiles', profilesOf],
	['volumes', ({ volumes }) => [...volumes.keys()]],
	['networks', ({ networks }) => [...networks.keys()]],
];

type Listing = (project: Project) => readonly string[];

const linesOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A service that is built without a name of its own gets the project's and its own. */
function imagesOf({ name, services }: Project): readonly string[] {
	return [...services].map(([service, { image }]) => image ?? `${name}-${service}`);
}

function profilesOf({ services, disabledServices }: Project): readonly string[] {
	const profiles = [...services.values(), ...disabledServices.values()].flatMap((service) => service.profiles ?? []);
	return [...new Set(profiles)].sort(compareText);
}

async function hashes({ services }: Project, names: string): Promise<readonly string[]> {
	const { hashService } = await import('../plan/config-hash.ts');
	const { unknownService } = await import('../errors/unknown-service.ts');
	const wanted = names === '*' ? [...services.keys()] : names.split(',');
	return wanted.map((name) => {
		const service = services.get(name);
		if (service === undefined) throw unknownService(name, services.keys());
		return `${name} ${hashService(service)}`;
	});
}

async function wholeProject(loaded: LoadedProject, format: string): Promise<string> {
	if (format === 'json') {
		const { projectToJson } = await import('../loader/project-to-json.ts');
		return projectToJson(loaded.project);
	}
	if (format === 'yaml') {
		const { projectToYaml } = await import('../loader/project-to-yaml.ts');
		return projectToYaml(loaded);
	}
	throw new LabcError('USAGE_INVALID', `\`${format}\` is not a format of \`config\``, {
		hint: 'Write `yaml` or `json`.',
	});
}

/** So that what is printed reads back as the same project. */
const escapeDollars = (text: string): string => text.replaceAll('$', '$$$$');
