import type { Node } from '../../document/node.ts';
import { withEntry } from './spot.ts';

/** `scale` counts for `deploy` too, where there is one. */
export function canonicalReplicas(service: Node): Node {
	if (service.kind !== 'mapping') return service;
	const deploy = service.entries.get('deploy')?.value;
	const scale = service.entries.get('scale')?.value;
	if (deploy?.kind !== 'mapping' || scale === undefined || deploy.entries.has('replicas')) return service;
	return withEntry(service, 'deploy', withEntry(deploy, 'replicas', scale));
}
