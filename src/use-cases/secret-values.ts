import { isCredential, shortestSecret } from '../errors/mask.ts';
import type { Project } from '../model/project.ts';
import type { Variables } from '../options/variables.ts';

/**
 * The values that no message may tell, whoever writes it: those of secrets, and of variables, arguments and environments
 * under names that look like credentials. An engine or a builder may quote any of them.
 */
export function secretValues(project: Project, variables: Variables): ReadonlySet<string> {
	const secrets = [...project.secrets.values()].map(({ environment = '' }) => variables.get(environment));
	const named = [
		...variables,
		...[...project.services.values(), ...project.disabledServices.values()].flatMap(({ environment, build }) => [
			...Object.entries(environment ?? {}),
			...Object.entries(build?.args ?? {}),
		]),
	].flatMap(([name, value]) => (isCredential(name) && !namesPlace.test(name) ? [value] : []));
	const values = [...secrets, ...named].flatMap((value) => value?.trim() ?? []);
	return new Set(values.filter((value) => value.length >= shortestSecret && !plainWords.has(value)));
}

/** What such a name holds is where the credential is. */
const namesPlace = /_(?:FILE|PATH|DIR)$/i;

const plainWords: ReadonlySet<string> = new Set(['false']);
