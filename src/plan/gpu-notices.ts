import type { GpuBox } from '../gpu/box.ts';
import { describeUnit } from '../gpu/describe.ts';
import type { GpuUnit } from '../gpu/inventory.ts';
import { memoryText } from '../gpu/memory-text.ts';
import { label } from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Asker } from './gpu-needs.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { numbersMade } from './service-decision.ts';

interface Teller {
	readonly plan: Pick<PlanBuilder, 'warn'>;
}

/**
 * Who asks where labc knows of no such GPU: said once for all services. The engine may have some of which nothing
 * tells, so that it is asked all the same.
 */
export function tellOfNone(askers: readonly Asker[], box: GpuBox, { plan }: Teller): void {
	const names = quoted(askers.filter(isChanged));
	if (names.length === 0) return;
	const asks = `${names.join(', ')} ${names.length === 1 ? 'asks' : 'ask'}`;
	if (box.isUntold) {
		plan.warn({
			severity: 'warning',
			code: 'GPU_UNTOLD',
			message: `this engine does not tell which GPUs there are: labc can choose and wait for none, and ${asks} the engine, which may give what others have`,
			hint: 'Run labc on the engine’s own machine with nvidia-smi in its PATH, or have engine 28.2 or newer with CDI, which tells.',
		});
		return;
	}
	const kind = box.inventory.gpus.length === 0 ? 'GPU' : 'such GPU';
	plan.warn({
		severity: 'warning',
		code: 'GPU_NONE',
		message: `this engine tells of no ${kind}, and ${asks} for some`,
		hint: 'Run `labc doctor` to see what is missing, or give `--gpus optional` to go without.',
	});
}

/** Who asks two makers at once, for which labc does not choose. */
export function tellOfMixed(askers: readonly Asker[], { plan }: Teller): void {
	for (const { name } of askers.filter(isChanged)) {
		plan.warn({
			severity: 'warning',
			code: 'GPU_MIXED',
			message: `service \`${name}\` asks for GPUs of two makers: labc chooses none for it, and the engine may give what others have`,
			path: `services.${name}`,
			hint: 'Make it two services, or name the very GPUs with `device_ids` and `devices`.',
		});
	}
}

/** Who asks for none and is given all by the engine, those of others included. */
export function tellOfUnasked(seers: readonly Asker[], { plan }: Teller): void {
	for (const { name } of seers.filter(isChanged)) {
		plan.warn({
			severity: 'warning',
			code: 'GPU_UNASKED',
			message: `service \`${name}\` asks for no GPU and sees them all, for its image and the engine’s runtime say so; it holds none but those that it uses`,
			path: `services.${name}`,
			hint: 'Ask with `gpus`, or set NVIDIA_VISIBLE_DEVICES to void in its `environment`.',
		});
	}
}

/** Which jobs are left as they ended, with what came after each. */
export function tellOfResting(jobs: ReadonlyMap<string, readonly string[]>, { plan }: Teller): void {
	for (const [name, successors] of jobs) {
		const names = successors.map((one) => `\`${one}\``).join(', ');
		plan.warn({
			severity: 'warning',
			code: 'GPU_JOB_RESTS',
			message: `service \`${name}\` ended well and is not run again: not all that ask for GPUs can have them, and what came after it runs: ${names}`,
			path: `services.${name}`,
			hint: `Run \`labc compose stop ${successors.join(' ')}\` first where it shall run again.`,
		});
	}
}

/** Which of the GPUs that are given out somebody uses of whom nvidia-smi does not tell, as of who draws on them. */
export function tellOfUse(units: readonly GpuUnit[], { busyBytes }: Pick<GpuBox, 'busyBytes'>, { plan }: Teller): void {
	for (const unit of new Map(units.map((one) => [one.id, one])).values()) {
		const bytes = unexplainedMemory(unit);
		if (bytes < busyBytes) continue;
		plan.warn({
			severity: 'warning',
			code: 'GPU_IN_USE',
			message: `${describeUnit(unit)} is nobody’s, and ${memoryText(bytes)} of its memory are in use by what nvidia-smi does not name`,
			hint: 'Programs that draw are not named, nor those of another system: look who it is, or name another GPU with `device_ids`.',
		});
	}
}

/** Where a process does not tell how much it has, it may be all. */
function unexplainedMemory({ gpu: { memoryUsed = 0, processes }, isSlice }: GpuUnit): number {
	if (isSlice || processes.some(({ memory }) => memory === undefined)) return 0;
	return memoryUsed - processes.reduce((sum, { memory = 0 }) => sum + memory, 0);
}

const quoted = (askers: readonly Asker[]): readonly string[] => askers.map(({ name }) => `\`${name}\``);

/** What goes on as it is has been told of before. */
export const isChanged = ({ decision }: Pick<Asker, 'decision'>): boolean =>
	decision === undefined || numbersMade(decision).length > 0 || decision.kept.some(asksInVain);

/** Would be started as it is, with its requests for GPUs. */
export const asksInVain = (container: ObservedContainer): boolean =>
	restsNow(container.state) && isMadeForGpus(container);

export const isMadeForGpus = ({ labels }: Pick<ObservedContainer, 'labels'>): boolean =>
	labels[label.gpuIds] !== 'none';

export const restsNow = (state: ObservedContainer['state']): boolean => state === 'exited' || state === 'created';
