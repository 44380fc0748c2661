import type { Engine } from '../engine/engine.ts';
import type { Gpu, Inventory } from '../gpu/inventory.ts';
import { type CdiDevice, gpusOfCdi } from './cdi.ts';
import type { readSmi } from './nvidia-smi.ts';

export interface LookTools {
	readonly engine: Pick<Engine, 'machine'>;
	/** Whether the engine runs on this machine, whose own tools then tell more. */
	readonly isLocal: boolean;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
	/** Called where a tool takes longer than a person expects. */
	onSlow?(): void;
}

/** `none`: there is no GPU; `unknown`: there may be some, of which nothing tells. */
export type Found = Inventory | 'none' | 'unknown';

/** The GPUs of the engine's machine: from nvidia's tool where that is at hand, else by the names that CDI gives them. */
export async function lookForGpus({ engine, isLocal, ...tools }: LookTools): Promise<Found> {
	const [told, machine] = await Promise.all([isLocal ? askTool(tools) : undefined, engine.machine()]);
	const names = machine.devices.map((name): CdiDevice => ({ name, nodes: [] }));
	const devices = isLocal ? await withNodes(names, machine.cdiFolders) : names;
	const { defaultRuntime } = machine;
	const named = gpusOfCdi(devices, machine.devices.length > 0 ? 'engine' : 'cdi');
	if (told !== undefined && told !== 'none') {
		// nvidia's tool knows of no others.
		const others = (named?.gpus ?? []).filter(({ vendor }) => vendor !== 'nvidia');
		return { ...told, defaultRuntime, gpus: [...told.gpus.map((gpu) => withKnownNames(gpu, devices)), ...others] };
	}
	// Names may outlive the card that they are for.
	const believed = told === 'none' ? (named?.gpus ?? []).filter(({ vendor }) => vendor !== 'nvidia') : named?.gpus;
	if (named !== undefined && believed !== undefined && believed.length > 0) {
		return { ...named, defaultRuntime, gpus: believed };
	}
	return told === undefined && machine.runtimes.includes('nvidia') ? 'unknown' : 'none';
}

async function askTool(tools: Pick<LookTools, 'env' | 'signal' | 'onSlow'>): ReturnType<typeof readSmi> {
	return (await import('./nvidia-smi.ts')).readSmi(tools);
}

/** Specs on this machine say more than the engine: which nodes a name stands for, and in which order the GPUs are. */
async function withNodes(named: readonly CdiDevice[], folders: readonly string[]): Promise<readonly CdiDevice[]> {
	const { readCdiSpecs } = await import('./cdi-files.ts');
	const written = (await readCdiSpecs(folders)).flatMap(({ devices }) => devices ?? []);
	if (named.length === 0) return written;
	const known = written.filter(({ name }) => named.some((device) => device.name === name));
	return [...known, ...named.filter(({ name }) => !known.some((device) => device.name === name))];
}

/** Not every machine's specs name GPUs by index and by UUID. */
function withKnownNames(gpu: Gpu, devices: readonly CdiDevice[]): Gpu {
	const known = gpu.cdiNames.filter((name) => devices.some((device) => device.name === name));
	return known.length === 0 ? gpu : { ...gpu, cdiNames: known };
}
