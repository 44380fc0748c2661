import { type Decoder, map, structure } from './decoder.ts';
import { filledInteger } from './scalars.ts';

const limits = structure([
	['soft', filledInteger],
	['hard', filledInteger],
]);

/** A single limit of 0 prints as an empty structure, as docker compose's does. */
const ulimit: Decoder = (node, spot) =>
	node.kind === 'scalar' ? (filledInteger(node, spot) ?? {}) : limits(node, spot);

export const decodeUlimits = map(ulimit);
