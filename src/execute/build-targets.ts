import type { BuildTarget } from '../build/builder.ts';
import { LabcError } from '../errors/labc-error.ts';
import { contextServices } from '../model/build.ts';
import type { Project } from '../model/project.ts';
import type { Secret } from '../model/secret.ts';
import type { Service } from '../model/service.ts';
import { imageLabels } from '../state/labels.ts';
import { imageReference } from '../state/names.ts';

/** What the builder is asked for: the named services that have a `build` section, in the order given. */
export function buildTargets(project: Project, services: readonly string[]): readonly BuildTarget[] {
	return withContexts(project, services).flatMap((name) => {
		const service = declared(project, name);
		if (service?.build === undefined) return [];
		requirePlatform(name, service);
		return [
			{
				service: name,
				build: service.build,
				image: imageReference(project, name, service),
				labels: imageLabels(project.name, name),
				secrets: secretsOf(service.build.secrets ?? [], project.secrets),
				...(service.image !== undefined && { isNamed: true as const }),
				...(service.platform === undefined ? {} : { platform: service.platform }),
			},
		];
	});
}

/** The services, and before each of them those whose images it takes files from. */
function withContexts(project: Project, services: readonly string[]): readonly string[] {
	const chosen = new Set<string>();
	const choose = (name: string): void => {
		if (chosen.has(name)) return;
		chosen.add(name);
		for (const needed of contextServices(declared(project, name)?.build ?? { context: '' })) {
			if (declared(project, needed)?.build === undefined) throw notBuilt(name, needed);
			choose(needed);
		}
	};
	for (const name of services) choose(name);
	return [...chosen];
}

/** What is built for another service need not be selected itself. */
const declared = ({ services, disabledServices }: Project, name: string): Service | undefined =>
	services.get(name) ?? disabledServices.get(name);

/** What the file says fits together; the default platform may not. */
function requirePlatform(name: string, { platform, build }: Service): void {
	if (platform === undefined || build?.platforms?.includes(platform) !== false) return;
	throw new LabcError('MODEL_INVALID', `service \`${name}\` is not built for \`${platform}\``, {
		hint: `Add \`${platform}\` to \`build.platforms\`, or unset DOCKER_DEFAULT_PLATFORM.`,
	});
}

const notBuilt = (name: string, needed: string): LabcError =>
	new LabcError(
		'MODEL_INVALID',
		`the build of service \`${name}\` takes files from service \`${needed}\`, which has no \`build\``,
		{
			hint: `Name its image instead: \`docker-image://IMAGE\`.`,
		},
	);

function secretsOf(
	references: readonly { readonly source: string }[],
	declared: ReadonlyMap<string, Secret>,
): ReadonlyMap<string, Secret> {
	const used = new Map<string, Secret>();
	for (const { source } of references) {
		const secret = declared.get(source);
		if (secret !== undefined) used.set(source, secret);
	}
	return used;
}
