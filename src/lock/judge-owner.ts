import type { Owner } from './owner.ts';

/** `unknown`: nobody here can tell, so it has to count as alive. */
export type Liveness = 'alive' | 'dead' | 'unknown';

/** What this machine knows of one of its processes. */
export interface ProcessProbe {
	readonly exists: boolean;
	/** Undefined where it may not be looked at. */
	readonly started: string | undefined;
}

/**
 * Whether the owner still lives. Only a process of this boot and this process namespace can be looked at; one of an
 * earlier boot of this machine is gone; of all others nothing is proven.
 */
export function judgeOwner(
	owner: Owner | undefined,
	here: Pick<Owner, 'host' | 'machine' | 'boot' | 'namespace'>,
	probe: (pid: number) => ProcessProbe,
): Liveness {
	if (owner === undefined || here.boot === '' || owner.boot === '') return 'unknown';
	if (owner.boot !== here.boot) return isSameMachine(owner, here) ? 'dead' : 'unknown';
	if (owner.namespace === '' || owner.namespace !== here.namespace) return 'unknown';
	const { exists, started } = probe(owner.pid);
	if (!exists) return 'dead';
	return started === undefined || started === owner.started ? 'alive' : 'dead';
}

const isSameMachine = (owner: Owner, here: Pick<Owner, 'host' | 'machine'>): boolean =>
	owner.machine !== '' && owner.machine === here.machine && owner.host === here.host;
