import type { Engine } from '../../src/engine/engine.ts';
import type { Inventory } from '../../src/gpu/inventory.ts';
import { queueOn } from '../../src/queue/queue.ts';
import type { GpuTools } from '../../src/use-cases/gpu-tools.ts';
import { mib } from './gpu-cases.ts';

/** A machine whose GPUs are what `look` gives at each look. */
export function gpuToolsOver(engine: Engine, look: () => Inventory): GpuTools {
	const queue = queueOn({ engine, breaksUnknown: false });
	return { look: async () => look(), busyBytes: 500 * mib, user: async () => 'ann', queue: async () => queue };
}
