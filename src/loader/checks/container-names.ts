import type { Node } from '../../document/node.ts';
import type { Findings } from '../../errors/findings.ts';
import type { Service } from '../../model/service.ts';
import { reporter } from './report.ts';

/** Services that are selected together can't give their containers one name; docker compose looks at no others. */
export function checkContainerNames(services: ReadonlyMap<string, Service>, tree: Node, findings: Findings): void {
	const report = reporter(tree, findings);
	const owners = new Map<string, string>();
	for (const [name, { container_name }] of services) {
		if (container_name === undefined) continue;
		const owner = owners.get(container_name);
		owners.set(container_name, owner ?? name);
		if (owner === undefined) continue;
		report({
			code: 'MODEL_INVALID',
			path: ['services', name, 'container_name'],
			message: `the container name \`${container_name}\` is already that of service \`${owner}\``,
			hint: 'Give each service its own name.',
		});
	}
}
