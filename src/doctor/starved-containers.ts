import type { ContainerDetails } from '../engine/container-api.ts';
import type { Engine } from '../engine/engine.ts';
import { readRecord } from '../engine/unread.ts';
import { readGpuContainer } from '../state/gpu-container.ts';
import { unlessGone } from '../state/unless-gone.ts';

/** What an engine gives where nobody says anything. */
const usualShm = 64 * 1024 ** 2;

/** Names of running containers that compute on GPUs with the engine's usual shared memory. */
export async function starvedContainers(
	engine: Pick<Engine, 'listContainers' | 'inspectContainer'>,
): Promise<readonly string[]> {
	const running = (await engine.listContainers([])).filter(({ state }) => state === 'running');
	const looked = await Promise.all(
		running.map(async (summary) => {
			const details = await unlessGone(() => engine.inspectContainer(summary.id));
			const found = details === undefined ? undefined : readGpuContainer(summary, details);
			return found !== undefined && !found.wish.observes && isStarved(details) ? [summary.name] : [];
		}),
	);
	return looked.flat().sort();
}

/** With another's shared memory, or what somebody mounts there, its own does not matter. */
export function isStarved(details: Pick<ContainerDetails, 'hostConfig' | 'mounts'> | undefined): boolean {
	const isMounted =
		details?.mounts.some(({ destination }) => destination === '/dev/shm') ||
		'/dev/shm' in readRecord(details?.hostConfig['Tmpfs']);
	if (isMounted) return false;
	const size = details?.hostConfig['ShmSize'];
	const mode = String(details?.hostConfig['IpcMode'] ?? '');
	return typeof size === 'number' && size <= usualShm && mode !== 'host' && !mode.startsWith('container:');
}
