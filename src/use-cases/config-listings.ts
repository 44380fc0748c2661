import { maskValue, maskValues } from '../errors/mask.ts';
import { unknownService } from '../errors/unknown-service.ts';
import { onDefaultPlatform } from '../loader/default-platform.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import { dependencyGraphOf, dependencyOrder } from '../model/dependency-graph.ts';
import { compareText } from '../model/ordered-entries.ts';
import type { Project } from '../model/project.ts';
import type { Variables } from '../options/variables.ts';
import { declaredHashInForm } from '../plan/hash-form.ts';
import type { HashForm } from '../plan/plan.ts';
import { imageReference } from '../state/names.ts';

/** Dependencies first. */
export const serviceNames = ({ services }: Project): readonly string[] => dependencyOrder(dependencyGraphOf(services));

/** A service that is built without a name of its own gets the project's and its own. */
export const imageNames = (project: Project): readonly string[] =>
	[...project.services].map(([name, service]) => imageReference(project, name, service));

export const modelNames = ({ models }: Project): readonly string[] =>
	[...models.values()].flatMap(({ model }) => (model === '' ? [] : [model]));

/** Also those of services that are left out. */
export function profileNames({ services, disabledServices }: Project): readonly string[] {
	const profiles = [...services.values(), ...disabledServices.values()].flatMap((service) => service.profiles ?? []);
	return [...new Set(profiles)].sort(compareText);
}

/** `secrets`, where they are to be hidden, are hidden also under innocent names. */
export const environmentLines = (environment: Variables, secrets?: ReadonlySet<string>): readonly string[] =>
	[...environment]
		.map(([name, value]) => `${name}=${secrets ? maskValues(maskValue(name, value), secrets) : value}`)
		.sort(compareText);

/** The hash of each named service as the docker compose of that form prints it; `*` means all. */
export function serviceHashes(
	{ project, environment }: LoadedProject,
	names: string,
	form: HashForm = '2',
): readonly string[] {
	const { services } = project;
	const wanted = names === '*' ? [...services.keys()] : names.split(',').sort(compareText);
	return wanted.map((name) => {
		const service = services.get(name);
		if (service === undefined) throw unknownService(name, services.keys());
		return `${name} ${declaredHashInForm(onDefaultPlatform(service, environment), form)}`;
	});
}
