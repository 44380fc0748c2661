import type { Node } from '../document/node.ts';
import type { AttributePath } from '../document/path.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import { LabcError } from '../errors/labc-error.ts';

/** A value and where it stands in its tree. */
export interface FoundNode {
	readonly path: AttributePath;
	readonly node: Node;
}

/** The node that `text` names, as `services.web.ports.0`. Keys may hold dots. Throws where there is none. */
export function findPath(tree: Node, text: string): FoundNode {
	let found: FoundNode = { path: [], node: tree };
	let rest = text;
	while (rest !== '') {
		const step = stepInto(found.node, rest);
		if (step === undefined) throw unknownPath(found, rest);
		found = { path: [...found.path, step.key], node: step.node };
		rest = rest.slice(step.key.length + 1);
	}
	return found;
}

interface Step {
	readonly key: string;
	readonly node: Node;
}

/** Of the keys that `rest` begins with, the longest. */
function stepInto(node: Node, rest: string): Step | undefined {
	const steps = stepsOf(node).filter(({ key }) => rest === key || rest.startsWith(`${key}.`));
	return steps.reduce<Step | undefined>(
		(best, step) => (best === undefined || step.key.length > best.key.length ? step : best),
		undefined,
	);
}

function stepsOf(node: Node): readonly Step[] {
	if (node.kind === 'scalar') return [];
	if (node.kind === 'sequence') return node.items.map((item, index) => ({ key: String(index), node: item }));
	return [...node.entries].map(([key, { value }]) => ({ key, node: value }));
}

function unknownPath({ path, node }: FoundNode, rest: string): LabcError {
	const known = stepsOf(node).map(({ key }) => key);
	const [step = rest] = rest.split('.');
	const guess = didYouMean(step, known);
	const prefix = path.length === 0 ? '' : `${path.join('.')}.`;
	const where = path.length === 0 ? 'the project' : `\`${path.join('.')}\``;
	const hint = guess === undefined ? hintFor(known) : `Did you mean \`${prefix}${guess}\`?`;
	return new LabcError('USAGE_INVALID', `${where} has no \`${step}\``, { hint });
}

const hintFor = (known: readonly string[]): string =>
	known.length === 0 ? 'Name the value itself: it holds nothing.' : `Name one of: ${known.slice(0, 20).join(', ')}.`;
