import type { MappingNode, Node } from '../../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../../document/path-table.ts';
import { withEntry } from './spot.ts';

/** `scale` counts for `deploy` too, where there is one. docker compose does this as it checks services against each other. */
export const withReplicas = (tree: MappingNode): MappingNode =>
	rewrite(tree, pathTable<Rewriter>({ 'services.*': replicasOf })) as MappingNode;

function replicasOf(service: Node): Node {
	if (service.kind !== 'mapping') return service;
	const deploy = service.entries.get('deploy')?.value;
	const scale = service.entries.get('scale')?.value;
	if (deploy?.kind !== 'mapping' || scale === undefined || deploy.entries.has('replicas')) return service;
	return withEntry(service, 'deploy', withEntry(deploy, 'replicas', scale));
}
