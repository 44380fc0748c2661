import { formatScalar } from '../../document/format-scalar.ts';
import type { Decoder } from './decoder.ts';

/** Words; an empty list is printed, and nothing is null. */
export const words: Decoder = (node) =>
	node.kind === 'sequence' ? node.items.map((item) => (item.kind === 'scalar' ? formatScalar(item) : '')) : null;
