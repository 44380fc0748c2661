import type { LoadedProject } from '../loader/loaded-project.ts';
import { redactText } from './redact-text.ts';
import { redactTree } from './redact-tree.ts';

/** The project without values that come from secrets or look like credentials. */
export function redactProject(loaded: LoadedProject): LoadedProject {
	const { project, tree } = loaded;
	return {
		...loaded,
		tree: tree.kind === 'mapping' ? redactTree(tree) : tree,
		project: {
			...project,
			services: redactSection(project.services, 'services'),
			networks: redactSection(project.networks, 'networks'),
			volumes: redactSection(project.volumes, 'volumes'),
			secrets: redactSection(project.secrets, 'secrets'),
			configs: redactSection(project.configs, 'configs'),
			extensions: new Map([...project.extensions].map(([key, value]) => [key, redactValue(value, [key])])),
		},
	};
}

const redactSection = <T>(section: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> =>
	new Map([...section].map(([key, value]) => [key, redactValue(value, [name, key])]));

/** The same structure with other texts in it. */
function redactValue<T>(value: T, path: readonly string[]): T {
	return redactAny(value, path) as T;
}

function redactAny(value: unknown, path: readonly string[]): unknown {
	if (typeof value === 'string') return redactText(value, path);
	if (Array.isArray(value)) return value.map((item) => redactAny(item, [...path, '*']));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactAny(member, [...path, key])]));
}
