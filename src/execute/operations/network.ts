import type { Labels } from '../../engine/labels.ts';
import { label } from '../../state/labels.ts';
import type { Handlers, StepRun } from '../step-run.ts';
import { callByName } from './call-by-name.ts';
import { hasCode, ignoreDone, ignoreMissing, isInUse, onceMore, removeUnused } from './refusal.ts';

/** The engine lets a container's endpoint go a little after the container: how long the removal is tried again. */
const retryDelaysMs = [50, 100, 200, 400, 800];

export const networkHandlers: Pick<
	Handlers,
	'network.create' | 'network.remove' | 'network.connect' | 'network.disconnect'
> = {
	'network.create': async ({ network, labels }, { engine }) => {
		try {
			await engine.createNetwork(network, labels);
		} catch (error) {
			if (!hasCode(error, 'ENGINE_CONFLICT') || !(await isThere(network.name, labels, engine))) throw error;
		}
		return {};
	},
	'network.remove': ({ id }, run) => removeUnused(removePatiently(id, run), run),
	'network.connect': ({ container, endpoint }, run) =>
		ignoreDone(
			onceMore(() => callByName(container, run, (id) => run.engine.connectNetwork(endpoint.network, id, endpoint))),
			/endpoint with name .+ already exists in network/i,
		),
	'network.disconnect': ({ id: networkId, container }, run) =>
		ignoreMissing(callByName(container, run, (id) => run.engine.disconnectNetwork(networkId, id))),
};

/** A run that was cut off has made the very network already, or has not removed it. */
async function isThere(name: string, labels: Labels, engine: StepRun['engine']): Promise<boolean> {
	const found = await engine.listNetworks({ names: [name] });
	const identity = [label.project, label.network, label.configHash];
	return found.some((one) => identity.every((key) => one.labels[key] === labels[key]));
}

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
