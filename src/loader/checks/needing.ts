import type { Node } from '../../document/node.ts';
import type { AttributePath } from '../../document/path.ts';
import { nodeAt } from '../../document/plain.ts';

/** What makes a service need another one, and how a sentence tells of it. */
export interface Needing {
	readonly path: AttributePath;
	/** `depends on`, `links to` … */
	readonly verb: string;
	/** It stands under `depends_on`, and not in an attribute that merely implies it. */
	readonly isDeclared: boolean;
}

const impliedBy: Readonly<Record<string, string>> = {
	links: 'links to',
	network_mode: 'shares the network of',
	ipc: 'shares the IPC namespace of',
	pid: 'shares the processes of',
	uts: 'shares the host name of',
	cgroup: 'shares the cgroup of',
	volumes_from: 'mounts the volumes of',
};

/** An implied dependency has the very place of the value that implies it. */
export function needingOf(service: string, needed: string, tree: Node): Needing {
	const declared = { path: ['services', service, 'depends_on', needed], verb: 'depends on', isDeclared: true };
	const place = nodeAt(tree, declared.path)?.at;
	if (place === undefined) return declared;
	for (const [attribute, verb] of Object.entries(impliedBy)) {
		const path = ['services', service, attribute];
		const value = nodeAt(tree, path);
		if (value?.at === place) return { path, verb, isDeclared: false };
		const index = value?.kind === 'sequence' ? value.items.findIndex(({ at }) => at === place) : -1;
		if (index >= 0) return { path: [...path, index], verb, isDeclared: false };
	}
	return declared;
}
