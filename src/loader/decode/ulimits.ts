import { type Decoder, map, structure } from './decoder.ts';
import { filledInteger, withoutPoint } from './scalars.ts';

const limit = withoutPoint(filledInteger);

const limits = structure([
	['soft', limit],
	['hard', limit],
]);

/** A single limit of 0 prints as an empty structure, as docker compose's does. */
const ulimit: Decoder = (node, spot) => (node.kind === 'scalar' ? (limit(node, spot) ?? {}) : limits(node, spot));

export const decodeUlimits = map(ulimit);
