import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

/** What names of a project's containers and images start with. */
export type NamedProject = Pick<Project, 'name' | 'separator'>;

const joined = ({ name, separator = '-' }: NamedProject, ...parts: readonly (string | number)[]): string =>
	[name, ...parts].join(separator);

/** The reference a service's containers are made from: what the file says, or the name its build gets. */
export const imageReference = (project: NamedProject, name: string, service: Pick<Service, 'image'>): string =>
	service.image ?? joined(project, name);

/** The images that a service mounts as volumes. */
export const mountedImages = ({ volumes = [] }: Pick<Service, 'volumes'>): readonly string[] =>
	volumes.flatMap(({ type, source }) => (type === 'image' && source !== undefined ? [source] : []));

/** The images of a service's hooks that run in containers of their own. */
export const hookImages = ({ pre_start = [] }: Pick<Service, 'pre_start'>): readonly string[] =>
	pre_start.flatMap(({ image }) => image ?? []);

/** What the container is called in which a service's `pre_start` hook runs. */
export const hookName = (project: NamedProject, name: string, index: number): string =>
	joined(project, name, 'pre_start', index);

/** What the engine calls a replica. */
export const containerName = (
	project: NamedProject,
	name: string,
	replica: { readonly service: Pick<Service, 'container_name'>; readonly number: number },
): string => replica.service.container_name ?? joined(project, name, replica.number);

/** Whether `found` is `name`, or what `name` is where names are joined by the other separator. */
export const isNamed = (found: string, name: string): boolean =>
	found === name || found.replaceAll('_', '-') === name.replaceAll('_', '-');

/** Digits of an old container's id that stand before the name while it is being replaced; docker compose takes as many. */
const shortIdLength = 12;

/** What a replacement is called until the old container gave up its name. */
export const replacementName = (oldId: string, name: string): string => `${oldId.slice(0, shortIdLength)}_${name}`;

/** What an old container is called once its replacement has the name. */
export const replacedName = (oldId: string, name: string): string => `${replacementName(oldId, name)}_replaced`;

/** Whether `found` is such a name of whatever container. */
export const looksTemporary = (found: string): boolean => /^[0-9a-f]{12}_/.test(found);

/** Whether `found` is a name that `name`'s container has only in the middle of a replacement. */
export const isTemporaryName = (found: string, name: string): boolean =>
	looksTemporary(found) &&
	(found.slice(shortIdLength + 1) === name || found.slice(shortIdLength + 1) === `${name}_replaced`);

/** Whether a container of that id has lost its name to its replacement. */
export const isReplaced = (id: string, found: string): boolean =>
	found.startsWith(`${id.slice(0, shortIdLength)}_`) && found.endsWith('_replaced');

/** What a one-off container is called. */
export const oneOffName = (project: NamedProject, name: string, slug: string): string =>
	joined(project, name, 'run', slug.slice(0, shortIdLength));
