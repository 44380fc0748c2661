import type { GpuProcess, Inventory } from '../gpu/inventory.ts';
import { gpuFields, parseSmi, processFields, type SmiAnswers } from './parse-nvidia-smi.ts';
import { containerOf, userOf } from './processes.ts';

export interface SmiTools {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
}

const csv = '--format=csv,noheader,nounits';

/** The GPUs of this machine as nvidia's own tool tells them; undefined where it is not there or finds none. */
export async function readSmi(tools: SmiTools): Promise<Inventory | undefined> {
	const answers = await askSmi(tools);
	if (answers === undefined) return undefined;
	const { driver, gpus } = parseSmi(answers);
	if (gpus.length === 0) return undefined;
	return {
		source: 'nvidia-smi',
		driver,
		gpus: gpus.map((gpu) => ({ ...gpu, processes: gpu.processes.map(withPlace) })),
	};
}

const withPlace = (process: GpuProcess): GpuProcess => ({
	...process,
	containerId: containerOf(process.pid),
	user: userOf(process.pid),
});

async function askSmi(tools: SmiTools): Promise<SmiAnswers | undefined> {
	const [gpus, processes, list] = await Promise.all([
		run([`--query-gpu=${gpuFields.join(',')}`, csv], tools),
		run([`--query-compute-apps=${processFields.join(',')}`, csv], tools),
		run(['-L'], tools),
	]);
	return gpus === undefined ? undefined : { gpus, processes: processes ?? [], list: list ?? [] };
}

/** Undefined where there is no such program or it fails: a driver that does not answer gives no GPUs either. */
async function run(args: readonly string[], tools: SmiTools): Promise<readonly string[] | undefined> {
	const { askProgram } = await import('../programs/ask-program.ts');
	const answer = await askProgram('nvidia-smi', args, tools);
	return answer?.status === 0 ? answer.out : undefined;
}
