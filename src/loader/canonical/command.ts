import type { Node } from '../../document/node.ts';
import { scalarNode } from '../../document/node.ts';
import { splitShellWords } from './shell-words.ts';
import { isText, refuse, type Spot } from './spot.ts';

/** A command line is a list of words. */
export function canonicalCommand(node: Node, spot: Spot): Node {
	if (!isText(node)) return node;
	const words = splitShellWords(node.value.toWellFormed());
	if (words === undefined) {
		refuse(spot, node, `\`${node.value}\` is not a command line: a quote is not closed`, 'Close the quote.');
		return node;
	}
	return { kind: 'sequence', items: words.map((word) => scalarNode(word, node.at)), at: node.at };
}

/** A health check's text runs in a shell. */
export function canonicalHealthTest(node: Node): Node {
	if (!isText(node)) return node;
	return { kind: 'sequence', items: [scalarNode('CMD-SHELL', node.at), node], at: node.at };
}
