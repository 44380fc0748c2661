import type { MappingNode } from '../document/node.ts';
import { type Plain, toPlain } from '../document/plain.ts';
import type { Findings } from '../errors/findings.ts';
import { validate as isValid } from '../generated/validate-compose.js';

/** Checks the merged tree against the schema. The explanation of errors is loaded only when there are some. */
export async function validate(tree: MappingNode, findings: Findings): Promise<void> {
	const plain = withoutBigints(toPlain(tree));
	if (isValid(plain)) return;
	const { explain } = await import('./explain.ts');
	explain(tree, plain, findings);
}

/** The validator knows plain numbers only; what such a number is good for is checked where it is decoded. */
function withoutBigints(plain: Plain): unknown {
	if (typeof plain === 'bigint') return Number(plain);
	if (typeof plain !== 'object' || plain === null) return plain;
	if (Array.isArray(plain)) return plain.map(withoutBigints);
	return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, withoutBigints(value)]));
}
