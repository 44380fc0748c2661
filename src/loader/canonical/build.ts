import type { Node } from '../../document/node.ts';
import { isText, mappingOf } from './spot.ts';

/** A text is the folder to build. */
export const canonicalBuild = (node: Node): Node => (isText(node) ? mappingOf({ context: node }, node.at) : node);
