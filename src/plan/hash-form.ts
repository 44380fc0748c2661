import type { Mount } from '../model/mount.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { composeVersion, label } from '../state/labels.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { hashDeclared, hashService } from './config-hash.ts';
import type { HashForm } from './plan.ts';
import { settleService } from './share-containers.ts';
import { observedIdOf } from './shared-reference.ts';

/** The hash that docker compose of that major version gives the service; the two differ only where it binds host folders. */
export const hashInForm = (service: Service, form: HashForm): string =>
	hashService(form === '2' ? service : withBinds(service, { create_host_path: false }));

/** The same for the hash that it prints, which is over the declaration. */
export const declaredHashInForm = (service: Service, form: HashForm): string =>
	hashDeclared(form === '2' ? service : withBinds(service, { create_host_path: false }));

/** The version the container's label names, which tells the form of a hash that nothing else tells any more. */
export const versionOf = (form: HashForm): string => (form === '2' ? composeVersion : '5.5.0');

/** Whether the service is up to date under that hash: it may be of either form. */
export const carriesHash = (service: Service, configHash: string): boolean =>
	carriedForm(service, configHash) !== undefined;

function carriedForm(service: Service, configHash: string): HashForm | undefined {
	if (hashService(service) === configHash) return '2';
	if (!bindsFolders(service)) return undefined;
	const laterForms = [withBinds(service, {}), withBinds(service, { create_host_path: false })];
	return laterForms.some((form) => hashService(form) === configHash) ? '5' : undefined;
}

const bindsFolders = ({ volumes = [] }: Service): boolean => volumes.some(({ bind }) => bind !== undefined);

/** The 5.x form leaves `create_host_path: true`, its default, out; 2.x can't tell `false` from absent, so either may be. */
function withBinds(service: Service, otherwise: { readonly create_host_path?: false }): Service {
	const volumes = service.volumes?.map((mount) => {
		if (mount.bind === undefined) return mount;
		const { create_host_path: created, ...rest } = mount.bind;
		const bind: object = created === true ? rest : { ...rest, ...otherwise };
		return { ...mount, bind } satisfies Mount;
	});
	return volumes === undefined ? service : { ...service, volumes };
}

/**
 * The form the project's containers carry, so that the tool which made them goes on knowing them; `preferred` where
 * none of them tells.
 */
export function projectHashForm(
	{ services }: Pick<Project, 'services'>,
	{ containers }: Pick<ObservedState, 'containers'>,
	preferred: HashForm = '2',
): HashForm {
	const tells = (form: HashForm): boolean =>
		containers.some(({ service: name, configHash }) => {
			const declared = services.get(name);
			if (declared === undefined || !bindsFolders(declared)) return false;
			const settled = settleService(declared, (needed) => observedIdOf(needed, containers));
			return settled !== undefined && carriedForm(settled, configHash) === form;
		});
	if (tells('2')) return '2';
	if (tells('5')) return '5';
	const isOfLater = containers.some(({ labels }) => Number.parseInt(labels[label.version] ?? '', 10) >= 5);
	return isOfLater ? '5' : preferred;
}
