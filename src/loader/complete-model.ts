import { childOf, type MappingNode, type Node, scalarNode } from '../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../document/path-table.ts';
import type { Variables } from '../options/variables.ts';
import { isText } from './canonical/spot.ts';
import { checkResources } from './checks/resources.ts';
import { setDefaults } from './defaults.ts';
import type { LoadScope } from './load-scope.ts';

/**
 * A merged model, the project's own or an included one, with its defaults. What it declares is checked here, since an
 * included model must hold by itself.
 */
export function completeModel(model: MappingNode, scope: LoadScope): MappingNode {
	const { variables, findings, isInterpolated, including } = scope;
	const complete = setDefaults(model);
	findings.endStep();
	checkResources(complete, findings);
	if (including.length > 0 && isInterpolated) keepOwnContents(complete, scope);
	const isResolved = isInterpolated || including.length > 0;
	return isResolved ? resolveListedNames(complete, variables) : complete;
}

/**
 * A bare name in a list of `environment` takes its value here, one in a mapping only when the project is complete. An
 * included model has variables of its own, so its lists are read even where nothing else is interpolated.
 */
const resolveListedNames = (model: MappingNode, variables: Variables): MappingNode =>
	rewrite(
		model,
		pathTable<Rewriter>({
			'services.*.environment': (node) =>
				node.kind === 'sequence' ? { ...node, items: node.items.map((item) => withValue(item, variables)) } : node,
		}),
	) as MappingNode;

function withValue(item: Node, variables: Variables): Node {
	const value = isText(item) ? variables.get(item.value) : undefined;
	return isText(item) && value !== undefined ? scalarNode(`${item.value}=${value}`, item.at) : item;
}

/**
 * What an included model's secrets are read from is kept, since nobody else sees its variables. docker compose does the
 * same for its configs and then refuses them, for they come from two places.
 */
function keepOwnContents(model: MappingNode, { variables, findings, secretVariables }: LoadScope): void {
	for (const { name } of fromVariables(model, 'secrets')) {
		const value = variables.get(name);
		if (value !== undefined && secretVariables?.has(name) === false) secretVariables.set(name, value);
	}
	for (const { key, name, at } of fromVariables(model, 'configs')) {
		if (!variables.has(name)) continue;
		const message = `the config \`${key}\` of an included file cannot come from a variable that is set`;
		const path = ['configs', key];
		findings.error('MODEL_INVALID', message, { at, path, hint: `Write \`content: \${${name}}\` instead.` });
	}
}

/** The secrets, or configs, of a model that are read from variables. */
export function fromVariables(model: MappingNode, section: string) {
	const resources = childOf(model, section);
	if (resources?.kind !== 'mapping') return [];
	return [...resources.entries].flatMap(([key, { value }]) => {
		const variable = childOf(value, 'environment');
		return isText(variable) ? [{ key, name: variable.value, at: variable.at }] : [];
	});
}
