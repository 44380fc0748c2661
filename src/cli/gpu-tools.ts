import { LabcError } from '../errors/labc-error.ts';
import type { GpuMode } from '../gpu/box.ts';
import { parseDuration } from '../model/duration.ts';
import type { GpuQueue } from '../queue/queue.ts';
import type { GpuWait } from '../use-cases/await-gpus.ts';
import type { GpuTools } from '../use-cases/gpu-tools.ts';
import type { CommandContext } from './command.ts';
import { once } from './outside-programs.ts';

const mib = 1024 ** 2;
const usualBusyMib = 500;

/** How GPUs are looked at; undefined with `LABC_GPU_ALLOT=off`, with which labc gives none out. */
export function gpuTools(context: CommandContext): GpuTools | undefined {
	const { env } = context;
	if (!isAllotting(env['LABC_GPU_ALLOT'])) return undefined;
	return {
		look: () => lookAtGpus(context),
		busyBytes: busyBytes(env),
		user: ownUser,
		queue: once(() => queueFor(context)),
	};
}

export async function queueFor(context: CommandContext): Promise<GpuQueue> {
	const { queueOn } = await import('../queue/queue.ts');
	return queueOn({ engine: await context.engine(), breaksUnknown: context.globals.breakLock });
}

/** As the lock names its owner. */
export async function ownUser(): Promise<string> {
	const { thisProcess } = await import('../lock/this-process.ts');
	return thisProcess().user;
}

export async function lookAtGpus(context: CommandContext): ReturnType<GpuTools['look']> {
	const { lookForGpus } = await import('../inventory/look.ts');
	const isLocal = (await context.engineHost()) === undefined;
	const { env, signal } = context;
	return lookForGpus({ engine: await context.engine(), isLocal, env, signal, onSlow: () => tellSlow(context) });
}

const toldSlow = new WeakSet<CommandContext>();

/** Once a command: it looks several times. */
function tellSlow(context: CommandContext): void {
	if (toldSlow.has(context)) return;
	toldSlow.add(context);
	context.emit({
		type: 'warning',
		message: 'nvidia-smi does not answer yet; labc waits for it for half a minute',
		hint: 'See what `labc doctor` says; LABC_GPU_ALLOT=off asks the engine without looking.',
	});
}

function isAllotting(text: string | undefined): boolean {
	if (text === undefined || text === '' || text === 'on') return true;
	if (text === 'off') return false;
	throw new LabcError('USAGE_INVALID', `LABC_GPU_ALLOT is \`${text}\`, expected on or off`, {
		hint: 'Unset it, or set it to off where the engine is to be asked as the file asks.',
	});
}

/** From how many bytes a process of the host has a GPU. */
export function busyBytes(env: CommandContext['env']): number {
	const text = env['LABC_GPU_BUSY_MIB'];
	if (text === undefined || text === '') return usualBusyMib * mib;
	if (/^\d+$/.test(text)) return Number(text) * mib;
	throw new LabcError('USAGE_INVALID', `LABC_GPU_BUSY_MIB is \`${text}\`, expected a number of MiB`, {
		hint: 'Write it as `500`, or unset it.',
	});
}

/** `--gpus`. */
export function gpuMode(text: string | undefined): { readonly gpuMode?: GpuMode } {
	if (text === undefined) return {};
	if (text === 'optional' || text === 'none') return { gpuMode: text };
	throw new LabcError('USAGE_INVALID', `\`--gpus\` takes optional or none, not \`${text}\``, {
		hint: 'Say in the file how many GPUs a service gets.',
	});
}

const second = 1_000_000_000n;
/** The system's timers take no longer times. */
const longestWait = 24n * 86_400n * second;

/** `--gpu-wait[=TIMEOUT]`: to the end, or so long. */
export function gpuWait(text: string | undefined, env: CommandContext['env']): { readonly gpuWait?: GpuWait } {
	if (text === undefined) return {};
	if (!isAllotting(env['LABC_GPU_ALLOT'])) {
		throw new LabcError(
			'USAGE_INVALID',
			'`--gpu-wait` waits for GPUs that labc gives out, and LABC_GPU_ALLOT=off says that it gives none',
			{
				hint: 'Unset LABC_GPU_ALLOT, or leave `--gpu-wait` out.',
			},
		);
	}
	if (text === '') return { gpuWait: {} };
	const time = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
	if (time === undefined || time <= 0n || time > longestWait) {
		throw new LabcError('USAGE_INVALID', `\`--gpu-wait\` takes a time such as 90s or 2h, not \`${text}\``, {
			hint: 'Leave the time out to wait to the end; 24d is the longest.',
		});
	}
	return { gpuWait: { timeoutSeconds: Number(time) / Number(second) } };
}
