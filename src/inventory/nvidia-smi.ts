import { LabcError } from '../errors/labc-error.ts';
import type { GpuProcess, Inventory } from '../gpu/inventory.ts';
import type { ProgramAnswer } from '../programs/ask-program.ts';
import { gpuFields, isCutRow, isGpuRow, parseSmi, processFields, type SmiAnswers } from './parse-nvidia-smi.ts';
import { containerOf, startOf, userOf } from './processes.ts';

export interface SmiTools {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
	/** Called once where it takes longer than a person expects. */
	onSlow?(): void;
}

const csv = '--format=csv,noheader,nounits';

/** The GPUs of this machine as nvidia's own tool tells them; undefined where it is not there, `none` where it finds none. */
export async function readSmi(tools: SmiTools): Promise<Inventory | 'none' | undefined> {
	const answers = await askSmi(tools);
	if (answers === undefined || answers === 'none') return answers;
	const { driver, gpus } = parseSmi(answers);
	if (gpus.length === 0) return 'none';
	return {
		source: 'nvidia-smi',
		driver,
		gpus: gpus.map((gpu) => ({ ...gpu, processes: gpu.processes.map(withOrigin) })),
	};
}

const withOrigin = (process: GpuProcess): GpuProcess => ({
	...process,
	...(process.pid !== undefined && {
		containerId: containerOf(process.pid),
		user: userOf(process.pid),
		since: startOf(process.pid),
	}),
});

async function askSmi(given: SmiTools): Promise<SmiAnswers | 'none' | undefined> {
	const over = new AbortController();
	const tools = { ...given, signal: AbortSignal.any([given.signal, over.signal]) };
	const slow = setTimeout(() => given.onSlow?.(), slowMs);
	try {
		const [gpus, processes] = await Promise.all([
			run([`--query-gpu=${gpuFields.join(',')}`, csv], tools),
			run([`--query-compute-apps=${processFields.join(',')}`, csv], tools),
		]);
		if (gpus === undefined) return undefined;
		if (saysNone(gpus)) return 'none';
		// A card that is lost or warns of itself makes each call fail alike, which tells of the others all the same.
		if (gpus.status !== 0 && !gpus.out.some(isGpuRow)) throw untold(gpus);
		if (processes === undefined) return undefined;
		if (processes.status !== 0 && processes.status !== gpus.status) throw untold(processes);
		const list = gpus.out.some(isCutRow) ? await run(['-L'], tools) : undefined;
		return { gpus: gpus.out, processes: processes.out, list: list?.out ?? [] };
	} finally {
		clearTimeout(slow);
		// Where one call failed, the other is not left behind.
		over.abort();
	}
}

/** What nvidia-smi ends with where it finds no card, no driver that is loaded, and no library of it. */
const noneStatuses: readonly (number | undefined)[] = [6, 9, 12];

const saysNone = ({ status, out }: ProgramAnswer): boolean => noneStatuses.includes(status) && !out.some(isGpuRow);

const slowMs = 2000;
/** Long enough for a machine that is busy, or wakes its cards for each look. */
const patienceMs = 30_000;

/** Undefined where there is no such program. */
async function run(args: readonly string[], tools: SmiTools): Promise<ProgramAnswer | undefined> {
	const { askProgram } = await import('../programs/ask-program.ts');
	const answer = await askProgram('nvidia-smi', args, { ...tools, patience: patienceMs });
	if (answer !== undefined && answer.status === undefined) throw untold(answer);
	return answer;
}

/** There may be GPUs that others compute on, which nobody else must be given for that nobody told of them. */
const untold = ({ text }: ProgramAnswer): LabcError =>
	new LabcError('GPU_UNAVAILABLE', `nvidia-smi does not tell which GPUs are free: ${text.split('\n')[0] ?? ''}`, {
		hint: 'See what `labc doctor` says; LABC_GPU_ALLOT=off asks the engine as the file asks, without looking.',
	});
