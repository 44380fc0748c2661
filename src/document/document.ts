import type { Node } from './node.ts';
import type { AttributePath } from './path.ts';

/** One YAML document. Merging it starts by removing `resets` from what earlier documents gave. */
export interface Document<Root extends Node = Node> {
	readonly root: Root;
	/** Where `!reset` or `!override` stands. What is tagged `!reset` is no part of `root`. */
	readonly resets: readonly AttributePath[];
}
