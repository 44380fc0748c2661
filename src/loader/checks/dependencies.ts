import { didYouMean } from '../../errors/did-you-mean.ts';
import { dependencyGraphOf, findDependencyCycle } from '../../model/dependency-graph.ts';
import type { Service } from '../../model/service.ts';
import type { CheckContext } from './report.ts';

/**
 * Dependencies must exist and must not go round in a circle. One that is not required may be switched off by its
 * profile, but not be missing from the file.
 */
export function checkDependencies(context: CheckContext, declared: ReadonlyMap<string, Service>): void {
	const { project, report } = context;
	for (const [name, service] of project.services) {
		for (const [needed, { required }] of Object.entries(service.depends_on ?? {})) {
			if (project.services.has(needed) || (!required && declared.has(needed))) continue;
			report({
				code: 'MODEL_UNDEFINED_REFERENCE',
				path: ['services', name, 'depends_on', needed],
				...wordingFor(name, needed, declared),
			});
		}
	}
	checkCycles(project.services, report);
}

interface Wording {
	readonly message: string;
	readonly hint: string;
}

function wordingFor(name: string, needed: string, declared: ReadonlyMap<string, Service>): Wording {
	const off = declared.get(needed);
	if (off !== undefined) return wordingForProfile(name, needed, off.profiles ?? []);
	const guess = didYouMean(needed, declared.keys());
	return {
		message: `service \`${name}\` depends on \`${needed}\`, which is not declared`,
		hint: guess === undefined ? `Declare \`${needed}\` under \`services:\`.` : `Did you mean \`${guess}\`?`,
	};
}

function wordingForProfile(name: string, needed: string, profiles: readonly string[]): Wording {
	const shown = profiles.map((profile) => `\`${profile}\``).join(', ');
	const what = profiles.length === 1 ? `the profile ${shown}, which is` : `the profiles ${shown}, which are`;
	return {
		message: `service \`${name}\` depends on \`${needed}\`, which belongs to ${what} not switched on`,
		hint: `Switch it on with \`labc compose --profile ${profiles[0]} …\`, or write \`required: false\`.`,
	};
}

function checkCycles(services: ReadonlyMap<string, Service>, report: CheckContext['report']): void {
	const cycle = findDependencyCycle(dependencyGraphOf(services));
	const [first, second] = cycle ?? [];
	if (cycle === undefined || first === undefined || second === undefined) return;
	report({
		code: 'MODEL_DEPENDENCY_CYCLE',
		path: ['services', first, 'depends_on', second],
		message: `services depend on each other in a cycle: ${cycle.join(' -> ')}`,
		hint: 'Remove one of the `depends_on` entries in the cycle.',
	});
}
