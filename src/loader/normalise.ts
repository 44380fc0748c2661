import { childOf, type MappingEntry, type MappingNode, type Node, scalarNode } from '../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../document/path-table.ts';
import type { Variables } from '../options/variables.ts';
import { cleanPath } from './canonical/mounts.ts';
import { isNull, isText, isTrue, mappingOf, withDefaults, withEntry } from './canonical/spot.ts';

/**
 * Spells out what a project leaves unsaid: names, the default network, implied dependencies, values from outside.
 * Without variables nothing comes from outside.
 */
export function normalise(tree: MappingNode, projectName: string, variables: Variables = new Map()): MappingNode {
	const withServices = rewrite(
		tree,
		pathTable<Rewriter>({
			'services.*': normaliseService,
			'services.*.environment': (node) => resolveBareNames(node, variables, 'keep'),
			'services.*.build.args': (node) => resolveBareNames(node, variables, 'drop'),
			'services.*.volumes.*': withCleanTarget,
		}),
	);
	return ['networks', 'volumes', 'secrets', 'configs'].reduce(
		(project, section) => nameResources(project, section, projectName),
		withDefaultNetwork(withName(withServices as MappingNode, projectName)),
	);
}

const withName = (project: MappingNode, name: string): MappingNode =>
	withEntry(project, 'name', scalarNode(name, childOf(project, 'name')?.at ?? project.at));

function normaliseService(service: Node): Node {
	if (service.kind !== 'mapping') return service;
	return [withDockerfile, withPullPolicy, withServiceNetwork, withImpliedDependencies].reduce(
		(node, step) => step(node),
		service,
	);
}

function withDockerfile(service: MappingNode): MappingNode {
	const build = service.entries.get('build')?.value;
	if (build?.kind !== 'mapping') return service;
	if (build.entries.has('dockerfile_inline')) return service;
	return withEntry(service, 'build', withDefaults(build, { dockerfile: 'Dockerfile' }));
}

/** An older word for `missing`. */
function withPullPolicy(service: MappingNode): MappingNode {
	const policy = service.entries.get('pull_policy')?.value;
	if (!isText(policy) || policy.value !== 'if_not_present') return service;
	return withEntry(service, 'pull_policy', { ...policy, value: 'missing' });
}

/** Without a word on networks a service is on the project's own. */
function withServiceNetwork(service: MappingNode): MappingNode {
	if (service.entries.has('network_mode') || service.entries.has('provider')) return service;
	const networks = service.entries.get('networks')?.value;
	const isUnsaid =
		networks === undefined || isNull(networks) || (networks.kind === 'mapping' && networks.entries.size === 0);
	return isUnsaid ? withEntry(service, 'networks', mappingOf({ default: null }, service.at)) : service;
}

/**
 * Links and shared namespaces need the other service, and its restarts; shared volumes need it once. What
 * `depends_on` says comes first.
 */
function withImpliedDependencies(service: MappingNode): MappingNode {
	const links = textsOf(service, 'links').map(({ value, at }) => ({
		name: value.split(':')[0] ?? '',
		restart: true,
		at,
	}));
	const shared = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((attribute) =>
		sharedNamespace(service, attribute),
	);
	const volumes = textsOf(service, 'volumes_from')
		.filter(({ value }) => !value.startsWith('container:'))
		.map(({ value, at }) => ({ name: value.split(':')[0] ?? '', restart: false, at }));
	return [...links, ...shared, ...volumes].reduce(withDependency, service);
}

interface ImpliedDependency {
	readonly name: string;
	readonly restart: boolean;
	readonly at: Node['at'];
}

function textsOf(service: MappingNode, attribute: string) {
	const list = service.entries.get(attribute)?.value;
	return list?.kind === 'sequence' ? list.items.filter(isText) : [];
}

function sharedNamespace(service: MappingNode, attribute: string): readonly ImpliedDependency[] {
	const value = service.entries.get(attribute)?.value;
	if (!isText(value) || !value.value.startsWith('service:')) return [];
	return [{ name: value.value.slice('service:'.length), restart: true, at: value.at }];
}

function withDependency(service: MappingNode, { name, restart, at }: ImpliedDependency): MappingNode {
	const declared = service.entries.get('depends_on')?.value;
	const dependencies = declared?.kind === 'mapping' ? declared : mappingOf({}, at);
	if (dependencies.entries.has(name)) return service;
	const dependency = mappingOf({ condition: 'service_started', restart, required: true }, at);
	return withEntry(service, 'depends_on', withEntry(dependencies, name, dependency));
}

/** Targets that differ in writing only become one, which the checks can then see. */
function withCleanTarget(mount: Node): Node {
	const target = childOf(mount, 'target');
	if (mount.kind !== 'mapping' || !isText(target)) return mount;
	return withEntry(mount, 'target', { ...target, value: cleanPath(target.value) });
}

/** Names without a value take it from the variables. */
function resolveBareNames(node: Node, variables: Variables, unset: 'keep' | 'drop'): Node {
	if (node.kind === 'sequence') {
		return { ...node, items: node.items.flatMap((item) => resolveBareItem(item, variables, unset)) };
	}
	if (node.kind !== 'mapping') return node;
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of node.entries) {
		const value = isNull(entry.value) ? variables.get(key) : undefined;
		if (value !== undefined) entries.set(key, { ...entry, value: scalarNode(value, entry.value.at) });
		else if (!isNull(entry.value) || unset === 'keep') entries.set(key, entry);
	}
	return { ...node, entries };
}

function resolveBareItem(item: Node, variables: Variables, unset: 'keep' | 'drop'): readonly Node[] {
	if (!isText(item) || item.value.includes('=')) return [item];
	const value = variables.get(item.value);
	if (value !== undefined) return [{ ...item, value: `${item.value}=${value}` }];
	return unset === 'keep' ? [item] : [];
}

/** The default network exists only where a service is on it. */
function withDefaultNetwork(project: MappingNode): MappingNode {
	const services = childOf(project, 'services');
	const networks = childOf(project, 'networks');
	const declared = networks?.kind === 'mapping' ? networks : mappingOf({}, project.at);
	const isUsed =
		services?.kind === 'mapping' &&
		[...services.entries.values()].some(({ value }) => childOf(childOf(value, 'networks'), 'default') !== undefined);
	if (!isUsed || declared.entries.has('default')) return project;
	return withEntry(project, 'networks', withEntry(declared, 'default', mappingOf({}, project.at)));
}

function nameResources(project: MappingNode, section: string, projectName: string): MappingNode {
	const resources = childOf(project, section);
	if (resources?.kind !== 'mapping') return project;
	const entries = new Map<string, MappingEntry>();
	for (const [key, entry] of resources.entries) {
		entries.set(key, { ...entry, value: named(entry.value, key, projectName) });
	}
	return withEntry(project, section, { ...resources, entries });
}

function named(resource: Node, key: string, projectName: string): Node {
	const mapping = resource.kind === 'mapping' ? resource : mappingOf({}, resource.at);
	const isExternal = isTrue(childOf(mapping, 'external'));
	const name = childOf(mapping, 'name');
	if (isText(name)) return mapping;
	return withEntry(mapping, 'name', scalarNode(isExternal ? key : `${projectName}_${key}`, mapping.at));
}
