import { childOf, type Node } from '../document/node.ts';
import { isCredential, shortestSecret } from '../errors/mask.ts';
import type { Project } from '../model/project.ts';
import type { Variables } from '../options/variables.ts';

/**
 * The values that no message may tell, whoever writes it: those of secrets, and of variables, arguments and environments
 * under names that look like credentials. An engine or a builder may quote any of them. `tree` adds those of resources that
 * nothing uses.
 */
export function secretValues(project: Project, variables: Variables, tree?: Node): ReadonlySet<string> {
	const secrets = [...project.secrets.values()].map(({ environment = '' }) => variables.get(environment));
	const named = [
		...variables,
		...[...project.services.values(), ...project.disabledServices.values()].flatMap(({ environment, build }) => [
			...Object.entries(environment ?? {}),
			...Object.entries(build?.args ?? {}),
		]),
	].flatMap(([name, value]) => (isCredential(name) && !namesPlace.test(name) ? [value] : []));
	const written = tree === undefined ? [] : treeSecrets(tree, variables);
	return tellable([...secrets, ...named, ...written]);
}

/** The same out of a tree that is not typed. A value with variables in it is none yet. */
export function secretValuesOfTree(tree: Node, variables: Variables): ReadonlySet<string> {
	const named = [...variables].flatMap(([name, value]) =>
		isCredential(name) && !namesPlace.test(name) ? [value] : [],
	);
	return tellable([...named, ...treeSecrets(tree, variables)]);
}

function treeSecrets(tree: Node, variables: Variables): readonly (string | null | undefined)[] {
	const secrets = membersOf(childOf(tree, 'secrets')).flatMap(([, secret]) => [
		variables.get(textOf(childOf(secret, 'environment')) ?? ''),
		textOf(childOf(secret, 'content')),
	]);
	const named = membersOf(childOf(tree, 'services')).flatMap(([, service]) =>
		membersOf(childOf(service, 'environment')).flatMap(([name, value]) =>
			isCredential(name) && !namesPlace.test(name) ? [textOf(value)] : [],
		),
	);
	return [...secrets, ...named].filter((text) => text?.includes('${') !== true);
}

const membersOf = (node: Node | undefined): readonly (readonly [string, Node])[] =>
	node?.kind === 'mapping' ? [...node.entries].map(([key, { value }]) => [key, value] as const) : [];

const textOf = (node: Node | undefined): string | undefined =>
	node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;

function tellable(values: readonly (string | null | undefined)[]): ReadonlySet<string> {
	const trimmed = values.flatMap((value) => value?.trim() ?? []);
	return new Set(trimmed.filter((value) => value.length >= shortestSecret && !plainWords.has(value)));
}

/** What such a name holds is where the credential is. */
const namesPlace = /_(?:FILE|PATH|DIR)$/i;

const plainWords: ReadonlySet<string> = new Set(['false']);
