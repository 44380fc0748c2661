import type { Dependency, DependencyCondition, Service } from '../model/service.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';

/**
 * The services that containers' labels tell of, each with what it depends on: what a command goes by where it knows
 * the project's name and no file. One-offs make no service.
 */
export function servicesOfLabels(all: readonly ObservedContainer[]): ReadonlyMap<string, Service> {
	const containers = all.filter(({ oneOff }) => !oneOff);
	const names = [...new Set(containers.map(({ service }) => service))].sort();
	const dependencies = new Map<string, Record<string, Dependency>>(names.map((name) => [name, {}]));
	for (const { service, labels } of containers) {
		for (const [name, dependency] of parseDependencies(labels[label.dependsOn] ?? '')) {
			if (dependencies.has(name)) Object.assign(dependencies.get(service) ?? {}, { [name]: dependency });
		}
	}
	return new Map(
		[...dependencies].map(([name, depends_on]) => [name, { command: null, entrypoint: null, depends_on }]),
	);
}

/** `name:condition:restart` after each other; where the last word is missing, an older docker compose wrote the label. */
function parseDependencies(text: string): readonly (readonly [string, Dependency])[] {
	return text
		.split(',')
		.filter((entry) => entry !== '')
		.map((entry) => {
			const [name = '', condition = '', restart] = entry.split(':');
			return [
				name,
				{ condition: conditionOf(condition), required: true, ...(restart !== 'false' && { restart: true }) },
			] as const;
		});
}

const conditionOf = (text: string): DependencyCondition =>
	text === 'service_healthy' || text === 'service_completed_successfully' ? text : 'service_started';
