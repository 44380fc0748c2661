import type { Handlers, StepRun } from '../step-run.ts';
import { callByName } from './call-by-name.ts';
import { hasCode, ignoreMissing, isInUse, removeUnused } from './refusal.ts';

/** The engine lets a container's endpoint go a little after the container: how long the removal is tried again. */
const retryDelaysMs = [50, 100, 200, 400, 800];

export const networkHandlers: Pick<
	Handlers,
	'network.create' | 'network.remove' | 'network.connect' | 'network.disconnect'
> = {
	'network.create': async ({ network, labels }, { engine }) => {
		await engine.createNetwork(network, labels);
		return {};
	},
	'network.remove': ({ id }, run) => removeUnused(removePatiently(id, run), run),
	'network.connect': async ({ container, endpoint }, run) => {
		await callByName(container, run, (id) => run.engine.connectNetwork(endpoint.network, id, endpoint));
		return {};
	},
	'network.disconnect': ({ id: networkId, container }, run) =>
		ignoreMissing(callByName(container, run, (id) => run.engine.disconnectNetwork(networkId, id))),
};

async function removePatiently(id: string, { engine, signal }: StepRun): Promise<void> {
	for (const delayMs of retryDelaysMs) {
		try {
			return await engine.removeNetwork(id);
		} catch (error) {
			if (!isInUse(error) || signal.aborted) throw error;
		}
		if (await isUsedByOthers(id, engine)) break;
		await delay(delayMs);
	}
	await engine.removeNetwork(id);
}

/** A container that stays attached makes trying again pointless. */
async function isUsedByOthers(id: string, engine: StepRun['engine']): Promise<boolean> {
	try {
		const containers = await engine.listContainers([]);
		return containers.some(
			({ state, networks }) => state !== 'removing' && [...networks.values()].some(({ networkId }) => networkId === id),
		);
	} catch (error) {
		if (hasCode(error, 'ENGINE_NOT_FOUND')) return false;
		throw error;
	}
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
