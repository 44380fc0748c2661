import { didYouMean } from '../../errors/did-you-mean.ts';
import { dependencyGraphOf, findDependencyCycle } from '../../model/dependency-graph.ts';
import type { Service } from '../../model/service.ts';
import { type Needing, needingOf } from './needing.ts';
import type { CheckContext } from './report.ts';

/**
 * Dependencies must exist and must not go round in a circle. One that is not required may be switched off by its
 * profile, but not be missing from the file.
 */
export function checkDependencies(context: CheckContext, declared: ReadonlyMap<string, Service>): void {
	const { project, tree, report } = context;
	for (const [name, service] of project.services) {
		for (const [needed, { required }] of Object.entries(service.depends_on ?? {})) {
			if (project.services.has(needed) || (!required && declared.has(needed))) continue;
			const needing = needingOf(name, needed, tree);
			const { path, verb } = needing;
			const { which, hint } = wordingFor(needed, needing, declared);
			const message = `service \`${name}\` ${verb} \`${needed}\`, which ${which}`;
			report({ code: 'MODEL_UNDEFINED_REFERENCE', path, message, hint });
		}
	}
	checkCycles(context);
}

interface Wording {
	/** What is wrong with the service that is needed. */
	readonly which: string;
	readonly hint: string;
}

function wordingFor(needed: string, needing: Needing, declared: ReadonlyMap<string, Service>): Wording {
	const off = declared.get(needed);
	if (off !== undefined) return wordingForProfile(off.profiles ?? [], needing);
	const guess = didYouMean(needed, declared.keys());
	return {
		which: 'is not declared',
		hint: guess === undefined ? `Declare \`${needed}\` under \`services:\`.` : `Did you mean \`${guess}\`?`,
	};
}

function wordingForProfile(profiles: readonly string[], { isDeclared }: Needing): Wording {
	const shown = profiles.map((profile) => `\`${profile}\``).join(', ');
	const what = profiles.length === 1 ? `the profile ${shown}, which is` : `the profiles ${shown}, which are`;
	const otherwise = isDeclared ? ', or write `required: false`' : '';
	return {
		which: `belongs to ${what} not switched on`,
		hint: `Switch it on with \`labc compose --profile ${profiles[0]} …\`${otherwise}.`,
	};
}

function checkCycles({ project, tree, report }: CheckContext): void {
	const cycle = findDependencyCycle(dependencyGraphOf(project.services));
	if (cycle === undefined) return;
	const needs = cycle.slice(1).map((needed, index) => needingOf(cycle[index] ?? needed, needed, tree));
	const [first] = needs;
	if (first === undefined) return;
	const attributes = [...new Set(needs.map(({ path }) => `\`${path[2]}\``))].join(' or ');
	report({
		code: 'MODEL_DEPENDENCY_CYCLE',
		path: first.path,
		message: `services depend on each other in a cycle: ${cycle.join(' -> ')}`,
		hint: `Remove one of the ${attributes} entries in the cycle.`,
	});
}
