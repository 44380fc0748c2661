import type { AttributePath } from '../document/path.ts';
import type { LabcError } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Operation } from '../plan/plan.ts';

/** The attribute of the file that a failed step is about: where a person begins to look. */
export function failedAttribute(operation: Operation, error: LabcError, project: Project | undefined): AttributePath {
	switch (operation.type) {
		case 'network.create':
		case 'network.remove':
		case 'network.connect':
		case 'network.disconnect':
			return ['networks', operation.key];
		case 'volume.create':
		case 'volume.remove':
			return ['volumes', operation.key];
		case 'image.build':
			return ['services', builtService(operation.services, error), error.code === 'PUSH_FAILED' ? 'image' : 'build'];
		case 'image.pull':
		case 'image.remove':
			return ['services', operation.service, 'image'];
		case 'image.push':
			return ['services', operation.service, ...pushedName(operation, project)];
		case 'provider.run':
			return ['services', operation.service, 'provider'];
		case 'model.prepare':
			return ['models'];
		case 'container.exec':
			return ['services', operation.service, operation.phase];
		case 'container.await':
			return operation.preStart === undefined
				? ['services', operation.service, ...awaitedAttribute(error)]
				: ['services', operation.service, 'pre_start', operation.preStart];
		default:
			return ['services', operation.service, ...refusedAttribute(operation.service, error, project)];
	}
}

/** One step builds several services; the error names the one that failed. */
const builtService = (services: readonly string[], { message }: LabcError): string =>
	services.find((name) => message.includes(`\`${name}\``)) ?? services[0] ?? '';

/** What is pushed is the service's image, or a further tag of its build. */
function pushedName({ service, image }: { readonly service: string; readonly image: string }, project?: Project) {
	const declared = project?.services.get(service);
	const index = declared?.image === image ? -1 : (declared?.build?.tags ?? []).indexOf(image);
	return index === -1 ? ['image'] : ['build', 'tags', index];
}

const awaitedAttribute = ({ code }: LabcError): AttributePath =>
	code === 'CONTAINER_UNHEALTHY' || code === 'WAIT_TIMEOUT' ? ['healthcheck'] : [];

function refusedAttribute(service: string, { code, message }: LabcError, project: Project | undefined): AttributePath {
	if (code === 'IMAGE_UNAVAILABLE') return ['image'];
	if (code === 'ENGINE_CONFLICT') return ['container_name'];
	if (isBadProgram(message)) return [project?.services.get(service)?.entrypoint ? 'entrypoint' : 'command'];
	if (/\bmount|\bbind source/i.test(message)) return mountIn(service, message, project);
	if (code !== 'PORT_IN_USE') return [];
	const port = Number(/port `(\d+)`/.exec(message)?.[1]);
	const index = (project?.services.get(service)?.ports ?? []).findIndex(({ published }) => holds(published, port));
	return index === -1 ? ['ports'] : ['ports', index];
}

/** The engine names a mount by its path inside or outside. */
function mountIn(service: string, message: string, project: Project | undefined): AttributePath {
	const words = new Set(message.split(/[\s'",]+/));
	const isNamed = (place: string | undefined): boolean => place !== undefined && words.has(place);
	const mounts = project?.services.get(service)?.volumes ?? [];
	const index = mounts.findIndex(({ target, source }) => isNamed(target) || isNamed(source));
	return index === -1 ? [] : ['volumes', index];
}

/** The engine could not run what the container is made for. */
export const isBadProgram = (message: string): boolean => /\bexec: "/.test(message);

function holds(published: string | undefined, port: number): boolean {
	const [first, last = first] = (published ?? '').split('-').map(Number);
	return first !== undefined && last !== undefined && first <= port && port <= last;
}
