import type { MappingNode, Node, ScalarNode } from '../document/node.ts';
import type { Findings } from '../errors/findings.ts';
import { validate as isValid } from '../generated/validate-compose.js';
import { refuseNumericTwins } from './numeric-twins.ts';

/** Checks the merged tree against the schema. The explanation of errors is loaded only when there are some. */
export async function validate(tree: MappingNode, findings: Findings): Promise<void> {
	const plain = forValidator(tree);
	if (!isValid(plain)) {
		const { explain } = await import('./explain.ts');
		explain(tree, plain, findings);
	}
	refuseNumericTwins(tree, findings);
}

/**
 * The tree as the validator knows values: plain numbers only. What such a number is good for is checked where it is
 * decoded. No key is `__proto__`: the parser refuses it.
 */
function forValidator(node: Node): unknown {
	if (node.kind === 'scalar') return forScalar(node.value);
	if (node.kind === 'sequence') return node.items.map(forValidator);
	const plain: Record<string, unknown> = {};
	for (const [key, entry] of node.entries) plain[key] = forValidator(entry.value);
	return plain;
}

/** JSON knows no infinities: for the validator each is a number that is not whole. */
function forScalar(value: ScalarNode['value']): ScalarNode['value'] {
	if (typeof value === 'bigint') return Number(value);
	return typeof value === 'number' && !Number.isFinite(value) ? 0.5 : value;
}
