import { type MappingNode, type Node, scalarNode } from '../document/node.ts';
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
export function completeModel(
	model: MappingNode,
	{ variables, findings, isInterpolated, including }: LoadScope,
): MappingNode {
	const complete = setDefaults(model);
	findings.endStep();
	checkResources(complete, findings);
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
