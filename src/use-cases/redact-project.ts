import { mask } from '../errors/mask.ts';
import type { LoadedProject } from '../loader/loaded-project.ts';
import { isCredentialFlag, redactText } from './redact-text.ts';
import { redactTree } from './redact-tree.ts';
import { secretValues } from './secret-values.ts';

/** The project without values that come from secrets or look like credentials. */
export function redactProject(loaded: LoadedProject): LoadedProject {
	const { project, tree } = loaded;
	const secrets = secretValues(project, loaded.contents, tree);
	return {
		...loaded,
		tree: tree.kind === 'mapping' ? redactTree(tree, secrets) : tree,
		project: {
			...project,
			services: redactSection(project.services, 'services', secrets),
			disabledServices: redactSection(project.disabledServices, 'services', secrets),
			networks: redactSection(project.networks, 'networks', secrets),
			volumes: redactSection(project.volumes, 'volumes', secrets),
			secrets: redactSection(project.secrets, 'secrets', secrets),
			configs: redactSection(project.configs, 'configs', secrets),
			models: redactSection(project.models, 'models', secrets),
			extensions: new Map([...project.extensions].map(([key, value]) => [key, redactValue(value, [key], secrets)])),
		},
	};
}

const redactSection = <T>(section: ReadonlyMap<string, T>, name: string, secrets: Secrets): ReadonlyMap<string, T> =>
	new Map([...section].map(([key, value]) => [key, redactValue(value, [name, key], secrets)]));

type Secrets = ReadonlySet<string>;

/** The same structure with other texts in it. */
function redactValue<T>(value: T, path: readonly string[], secrets: Secrets): T {
	return redactAny(value, path, secrets) as T;
}

function redactAny(value: unknown, path: readonly string[], secrets: Secrets): unknown {
	if (typeof value === 'string') return redactText(value, path, secrets);
	if (Array.isArray(value)) {
		return value.map((item, index) =>
			isCredentialFlag(value[index - 1]) && typeof item === 'string' ? mask : redactAny(item, [...path, '*'], secrets),
		);
	}
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [key, redactAny(member, [...path, key], secrets)]),
	);
}
