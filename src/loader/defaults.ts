import type { MappingNode } from '../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../document/path-table.ts';
import { withDefaults } from './canonical/spot.ts';

/** What a canonical model means where it says nothing, whatever project it becomes part of. */
export const setDefaults = (model: MappingNode): MappingNode => rewrite(model, defaults) as MappingNode;

const defaults = pathTable<Rewriter>({
	'services.*.build': (build) => (build.kind === 'mapping' ? withDefaults(build, { context: '.' }) : build),
});
